#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/resolver.h"

namespace persist::integration {

using Outcome = Expected<dns::Answer, dns::LookupError>;

/// A Conversation that asks a list of questions and keeps what comes.
class AskAll : public dns::Conversation {
 public:
  void add(std::string_view owner, dns::RrType type = dns::RrType::txt,
           std::optional<dns::ServerAddress> server = {});

  std::optional<dns::Query> next_query() override;
  void on_answer(std::uint32_t token, Outcome outcome) override;

  /// In the order of the questions; ends the test program if a question has no outcome.
  const Outcome& outcome(std::size_t question) const { return *outcomes_.at(question); }
  std::size_t answered() const { return answered_; }

 private:
  std::vector<dns::Query> queries_{};
  std::size_t next_ = 0;
  std::vector<std::optional<Outcome>> outcomes_{};
  std::size_t answered_ = 0;
};

/// Tries of a quarter of a second (the shortest that every c-ares keeps to), so that tests of
/// silence do not take long.
dns::ResolverSettings impatient(std::initializer_list<std::string> servers);

/// The resolvers, which differ in speed only.
enum class Engine { cares, batch };
inline constexpr Engine engines[] = {Engine::cares, Engine::batch};
std::string to_text(Engine engine);
std::unique_ptr<dns::Resolver> make_resolver(Engine engine, const dns::ResolverSettings& settings);

/// Asks one question with a resolver of its own.
Outcome ask(Engine engine, const dns::ResolverSettings& settings, std::string_view owner,
            dns::RrType type = dns::RrType::txt);

/// A test for each of the resolvers.
class EachEngine : public testing::TestWithParam<Engine> {
 protected:
  static Outcome ask(const dns::ResolverSettings& settings, std::string_view owner,
                     dns::RrType type = dns::RrType::txt) {
    return integration::ask(GetParam(), settings, owner, type);
  }
  static std::unique_ptr<dns::Resolver> resolver(const dns::ResolverSettings& settings) {
    return make_resolver(GetParam(), settings);
  }
};

/// `NOERROR 2 records`, `NXDOMAIN via a.test`, or the explanation of the error; addresses of
/// servers become `SERVER`, times `TIME`.
std::string summary(const Outcome& outcome);

}  // namespace persist::integration
