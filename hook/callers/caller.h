#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clients/client_findings.h"
#include "hook/callers/call.h"
#include "hook/native_client.h"
#include "hook/policy.h"

namespace persist::hook {

/// When in the life of a certificate a client calls.
enum class Stage {
  before_order,  ///< or before an answer to a challenge: the records are checked
  later,         ///< clean-up, or after issuance: nothing is asked, nothing said
  declined,      ///< the client asks whether we take a challenge type: we do not
};

/// A name as the client has it.
struct OrderedName {
  std::string text;
  bool may_be_wildcard = false;  ///< the client drops `*.`: nothing tells which of the two it is
};

/// One certificate that a client is about to order, as far as it told. What is empty it did not
/// tell.
struct Order {
  std::string client{};  ///< `certbot`; for texts
  std::string label{};   ///< the client's name of the certificate; told where there are several
  std::vector<OrderedName> names{};
  std::string directory{};                         ///< URL
  std::vector<clients::ClientAccount> accounts{};  ///< one of which gets the certificate
  std::string place{};                             ///< where accounts were looked for
  std::string handed_account_url{};                ///< the client named it with the challenge
  std::string handed_issuer{};                     ///< likewise
  std::string thumbprint{};                        ///< of the account's key now
  CertificateAtStake certificate{};                ///< that there is now
  NativeClient native = NativeClient::none;
  std::optional<UnixTime> native_end{};  ///< that a native client was told for the record
  bool is_skipped = false;               ///< does not concern us: it is told, and not checked
  std::vector<std::string> notes{};      ///< what kept us from knowing more, for error texts
};

/// A client that calls: one row a slot of a client, one file a client.
struct Caller {
  std::string_view command;  ///< sub-command that names it: `certbot-auth`
  bool (*is_calling)(const Call& call);
  Expected<Stage, app::UsageError> (*stage)(const Call& call);
  /// The certificates that the call is about.
  Expected<std::vector<Order>, app::UsageError> (*orders)(const Call& call);
  bool may_concern_nothing = false;  ///< no order at all is fine
  bool takes_arguments = false;      ///< the client adds arguments of its own
  bool ignores_status = false;       ///< the client goes on whatever our exit status is
};

/// The table, in the order in which a call is held against it.
std::span<const Caller> callers();

/// The first row whose sign is there; null if there is none.
const Caller* recognise(const Call& call);

/// The row of a sub-command; null if there is none.
const Caller* find_caller(std::string_view command);

/// Why a name is refused that has to be one and is empty.
app::UsageError empty_name(std::string_view source);

/// The names between the separators; an error if one of them is empty. `source` is for its text.
Expected<std::vector<std::string>, app::UsageError> split_names(std::string_view text,
                                                                char separator,
                                                                std::string_view source);

/// `name` without `*.`, lower case and without a final dot: for comparing what clients write.
std::string base_of(std::string_view name);

/// Names of which the client drops the `*.`, seen beside what is known of the certificate
/// (a command line, an older certificate). A name that occurs twice is both.
std::vector<OrderedName> widen(const std::vector<std::string>& bases,
                               const std::vector<std::string>& known);

// One file each.
extern const Caller lego_after, lego_before, lego_exec;
extern const Caller dehydrated;
extern const Caller uacme;
extern const Caller acme_sh;
extern const Caller mod_md;
extern const Caller certbot_auth, certbot_pre, certbot_renew, certbot_cleanup;

}  // namespace persist::hook
