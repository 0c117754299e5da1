#include "dns/lookup.h"

#include <algorithm>

namespace persist::dns {

Lookup::Lookup(Query query, const ResolverSettings& settings, std::size_t first_server)
    : query_(std::move(query)),
      settings_(settings),
      question_{.owner = query_.owner, .type = query_.type},
      server_(first_server) {
}

std::size_t Lookup::server_count() const {
  return query_.server ? 1 : settings_.servers.size();
}

std::optional<std::size_t> Lookup::server_index() const {
  if (query_.server) return {};
  return server_;
}

const ServerAddress& Lookup::server() const {
  return query_.server ? *query_.server : settings_.servers[server_];
}

std::span<const std::uint8_t> Lookup::query(std::uint16_t id, QueryBuffer& buffer) const {
  return write_query(buffer, question_,
                     {.id = id, .recursion_desired = !query_.server, .edns = edns_});
}

Lookup::Next Lookup::on_message(std::uint16_t id, Octets octets) {
  Reading reading = read_message(octets, id, question_);
  switch (reading.kind) {
    case Reading::Kind::not_ours:
      return Next::wait;
    case Reading::Kind::malformed: {
      LookupError malformed = error(LookupErrorCode::malformed);
      malformed.detail = reading.fault;
      return fail(std::move(malformed));
    }
    case Reading::Kind::truncated:
      truncated_ = true;
      closed_servers_ = 0;
      if (transport_ == Transport::tcp) return on_failure("truncated there, too");
      transport_ = Transport::tcp;
      return Next::ask;
    case Reading::Kind::complete:
      break;
  }
  return on_complete(std::move(reading.message), octets);
}

Lookup::Next Lookup::on_complete(Message message, Octets octets) {
  // Of several messages the last error counts, unless an earlier one casts doubt on the whole.
  if (message.extended_error && !(extended_error_ && is_suspicious(*extended_error_))) {
    extended_error_ = message.extended_error;
  }
  if (message.rcode == Rcode::formerr && edns_) {
    edns_ = false;
    extended_error_.reset();
    return Next::ask;
  }
  if (message.rcode != Rcode::noerror && message.rcode != Rcode::nxdomain) {
    LookupError failed = error(LookupErrorCode::rcode);
    failed.rcode = message.rcode;
    return fail(std::move(failed));
  }
  const bool is_empty = message.rcode == Rcode::noerror && message.rrset.empty();
  const bool says_nothing = is_empty && message.chain.empty();
  const bool is_lame =
      query_.server ? !message.authoritative
                    : says_nothing && (message.is_referral ||
                                       (!message.recursion_available && !message.authoritative));
  if (is_lame) {
    LookupError lame = error(LookupErrorCode::not_recursive);
    lame.detail = query_.server                  ? "it does not serve this name"
                  : !message.recursion_available ? "it is not a recursive resolver (RA=0)"
                                                 : "it only points to other servers";
    return fail(std::move(lame));
  }
  ttl_ = std::min(ttl_, message.ttl);
  authoritative_ = authoritative_ && message.authoritative;
  authenticated_ = authenticated_ && message.authenticated;
  const bool is_cut = is_empty && !message.chain.empty() && !message.is_negative;
  const Next next = follow(std::move(message.chain));
  if (next == Next::done) return next;
  if (is_cut && !query_.server) return Next::ask;
  return answer(std::move(message), octets, is_cut);
}

/// Goes along the aliases; Next::done if they lead nowhere, else the question is about their end.
Lookup::Next Lookup::follow(std::vector<Name> targets) {
  for (Name& target : targets) {
    const bool is_loop =
        target == query_.owner || std::find(chain_.begin(), chain_.end(), target) != chain_.end();
    if (is_loop || chain_.size() == most_alias_steps) {
      LookupError failed = error(LookupErrorCode::alias_loop);
      failed.detail = is_loop ? "alias loop" : "alias chain too long (more than 8 steps)";
      return fail(std::move(failed));
    }
    chain_.push_back(std::move(target));
  }
  if (!targets.empty()) {
    question_.owner = chain_.back();
    start_over();
  }
  return Next::ask;
}

Lookup::Next Lookup::answer(Message message, Octets octets, bool leads_on) {
  const bool has_ttl = ttl_ != std::chrono::seconds::max();
  result_.emplace(Answer{.rcode = message.rcode,
                         .chain = std::move(chain_),
                         .rrset = std::move(message.rrset),
                         .ttl = has_ttl ? ttl_ : std::chrono::seconds{0},
                         .authoritative = authoritative_,
                         .authenticated = authenticated_,
                         .leads_on = leads_on,
                         .extended_error = std::move(extended_error_),
                         .server = server(),
                         .octets = {octets.begin(), octets.end()}});
  return Next::done;
}

Lookup::Next Lookup::on_silence(std::chrono::milliseconds waited) {
  waited_ += waited;
  if (transport_ == Transport::tcp) return on_failure("no answer");
  closed_servers_ = 0;
  ++tries_used_;
  ++tries_made_;
  if (tries_used_ < settings_.tries) return try_next_server();
  LookupError silence = error(truncated_ ? LookupErrorCode::truncated : LookupErrorCode::timeout);
  if (truncated_) silence.detail = "no answer";
  return exhausted(std::move(silence));
}

Lookup::Next Lookup::on_failure(std::string detail) {
  const bool over_tcp = transport_ == Transport::tcp;
  LookupError failed = error(over_tcp ? LookupErrorCode::truncated : LookupErrorCode::unreachable);
  failed.detail = std::move(detail);
  ++tries_made_;
  if (over_tcp) {
    if (++tries_used_ < settings_.tries) return try_next_server();
  } else if (++closed_servers_ < server_count()) {
    return try_next_server();
  }
  return exhausted(std::move(failed));
}

Lookup::Next Lookup::try_next_server() {
  transport_ = Transport::udp;
  if (!query_.server) server_ = (server_ + 1) % settings_.servers.size();
  return Next::ask;
}

/// The pass is over; at a quieter moment, in a late one, the answer may still be heard.
Lookup::Next Lookup::exhausted(LookupError error) {
  if (!settings_.late_pass || is_late_) return fail(std::move(error));
  is_late_ = true;
  start_over();
  try_next_server();
  return Next::ask_later;
}

void Lookup::start_over() {
  transport_ = Transport::udp;
  truncated_ = false;
  tries_used_ = 0;
  closed_servers_ = 0;
}

Lookup::Next Lookup::on_local_failure(std::string detail) {
  LookupError failed = error(LookupErrorCode::local_failure);
  failed.detail = std::move(detail);
  return fail(std::move(failed));
}

Lookup::Next Lookup::on_stop(std::string detail, std::chrono::milliseconds waited) {
  waited_ += waited;
  LookupError stopped = error(LookupErrorCode::stopped);
  stopped.detail = std::move(detail);
  return fail(std::move(stopped));
}

Lookup::Next Lookup::fail(LookupError error) {
  result_.emplace(Unexpected(std::move(error)));
  return Next::done;
}

LookupError Lookup::error(LookupErrorCode code) const {
  return {.code = code,
          .server = server(),
          .extended_error = extended_error_,
          .waited = waited_,
          .tries = tries_made_};
}

}  // namespace persist::dns
