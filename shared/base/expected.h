#pragma once

#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <utility>
#include <variant>

namespace persist {

/// Wraps an error on its way into an Expected.
template <typename E>
class Unexpected {
 public:
  constexpr explicit Unexpected(E error) : error_(std::move(error)) {}
  constexpr const E& error() const& { return error_; }
  constexpr E&& error() && { return std::move(error_); }

 private:
  E error_;
};

/// A value, or the error that stands in its place.
///
/// A strict subset of std::expected, which g++ 12 and clang 14 do not offer under C++20. Asking for
/// what is not there ends the program, in release builds too: that is a bug, never an answer.
template <typename T, typename E>
class [[nodiscard]] Expected {
 public:
  using value_type = T;
  using error_type = E;

  Expected() requires std::is_default_constructible_v<T> : state_(std::in_place_index<0>) {}
  // NOLINTNEXTLINE(google-explicit-constructor): as in std::expected
  Expected(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  template <typename G>
  // NOLINTNEXTLINE(google-explicit-constructor): as in std::expected
  Expected(Unexpected<G> error) : state_(std::in_place_index<1>, std::move(error).error()) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  const T& value() const& { return *demand(std::get_if<0>(&state_)); }
  T& value() & { return *demand(std::get_if<0>(&state_)); }
  T&& value() && { return std::move(*demand(std::get_if<0>(&state_))); }
  const E& error() const& { return *demand(std::get_if<1>(&state_)); }
  E& error() & { return *demand(std::get_if<1>(&state_)); }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  friend bool operator==(const Expected&, const Expected&) = default;

 private:
  template <typename P>
  static P* demand(P* held) {
    if (held == nullptr) {
      std::fputs("internal error: an Expected was asked for what it does not hold\n", stderr);
      std::abort();
    }
    return held;
  }

  std::variant<T, E> state_;
};

}  // namespace persist
