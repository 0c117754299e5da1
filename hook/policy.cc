#include "hook/policy.h"

#include <fmt/format.h>

#include "base/escape.h"

namespace persist::hook {
namespace {

using app::ExitStatus;

ExitStatus status_of(Pretend pretend) {
  switch (pretend) {
    case Pretend::nothing:
      return ExitStatus::ok;
    case Pretend::refused:
      return ExitStatus::refused;
    case Pretend::unknown:
      return ExitStatus::unknown;
  }
  return ExitStatus::unknown;
}

bool ends_soon(const CertificateAtStake& certificate, UnixTime now) {
  if (!certificate.is_kept) return false;
  return !certificate.not_after || *certificate.not_after < add(now, soon);
}

std::string end_of(const CertificateAtStake& certificate) {
  if (!certificate.not_after) return "the certificate is gone or cannot be read";
  return "the certificate ends at " + to_rfc3339(*certificate.not_after);
}

Decision let_through(std::string remark) {
  return {.blocks = false, .status = ExitStatus::ok, .remark = std::move(remark)};
}

}  // namespace

Decision decide(ExitStatus verdict, const Policy& policy, const CertificateAtStake& certificate,
                UnixTime now) {
  // Only ever stricter.
  const ExitStatus status = app::worse(verdict, status_of(policy.pretend));
  const std::string remark = status == verdict ? "" : "--pretend says so, and nothing else";
  if (status == ExitStatus::ok) return let_through(remark);
  Decision block{.blocks = true, .status = status, .remark = remark};
  if (status == ExitStatus::usage) return block;
  if (policy.bypass && now <= policy.bypass->until) {
    return let_through(fmt::format("would block: bypassed until {} ({})",
                                   to_rfc3339(policy.bypass->until),
                                   escape(policy.bypass->reason)));
  }
  if (status == ExitStatus::refused) {
    return policy.on_refused == OnRefused::warn ? let_through("would block: --on-refused is warn")
                                                : block;
  }
  switch (policy.on_unknown) {
    case OnUnknown::block:
      return block;
    case OnUnknown::warn:
      return let_through("would block: --on-unknown is warn");
    case OnUnknown::automatic:
      break;
  }
  if (!ends_soon(certificate, now)) return block;
  return let_through(
      fmt::format("let through although nothing could be found out: {}, and the CA decides",
                  end_of(certificate)));
}

}  // namespace persist::hook
