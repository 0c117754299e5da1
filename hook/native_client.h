#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/unix_time.h"
#include "survey/subject.h"

namespace persist::hook {

/// A client that speaks dns-persist-01 itself, and looks at the record in a way of its own.
enum class NativeClient {
  none,   ///< the client does not, or nothing tells that it does
  lego,   ///< lego 5 with --dns-persist
  uacme,  ///< uacme 1.8
};

/// What the client would trip over although the CA accepts the record: one sentence, empty if
/// nothing is known. `told_end` is what the client was told as end of the record. Source: lego
/// 5.3.1, uacme 1.8.1.
std::string find_stumbling_block(NativeClient client, const std::optional<UnixTime>& told_end,
                                 const survey::Subject& subject);

}  // namespace persist::hook
