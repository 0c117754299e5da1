#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/exit_status.h"
#include "base/unix_time.h"

namespace persist::hook {

/// What is done where a record does not authorise.
enum class OnRefused { block, warn };
/// What is done where that cannot be found out.
enum class OnUnknown {
  block,
  warn,
  automatic,  ///< block, unless the certificate at stake ends soon: a DNS outage must not become an
              ///< expired certificate, and the CA still decides
};
/// Makes a check come out worse than it did, to try the gate.
enum class Pretend { nothing, refused, unknown };

/// Lets orders through up to and including a second.
struct Bypass {
  UnixTime until;
  std::string reason;
};

struct Policy {
  OnRefused on_refused = OnRefused::block;
  OnUnknown on_unknown = OnUnknown::block;
  Pretend pretend = Pretend::nothing;
  std::optional<Bypass> bypass{};
};

/// The certificate that an order would renew.
struct CertificateAtStake {
  bool is_kept = false;                 ///< the client has, or should have, such a certificate
  std::optional<UnixTime> not_after{};  ///< empty: it is gone, or cannot be read
  std::chrono::seconds lifetime{};      ///< from its first to its last second; likewise 0
};

/// Up to here before the end of a certificate an unknown verdict blocks, if that is automatic.
inline constexpr std::chrono::seconds soon{7 * 86'400};

struct Decision {
  bool blocks = false;
  app::ExitStatus status = app::ExitStatus::ok;  ///< of the program
  std::string remark{};  ///< one line, why it is not what the verdict says; empty if it is
};

/// What becomes of an order whose worst verdict is `verdict`. A usage error always blocks: it is
/// nothing that DNS or a record could make up for.
Decision decide(app::ExitStatus verdict, const Policy& policy,
                const CertificateAtStake& certificate, UnixTime now);

}  // namespace persist::hook
