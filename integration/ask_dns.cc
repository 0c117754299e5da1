#include "integration/ask_dns.h"

#include <fmt/format.h>

#include <regex>

#include "dns/batch_resolver.h"
#include "dns/cares_resolver.h"

namespace persist::integration {

void AskAll::add(std::string_view owner, dns::RrType type,
                 std::optional<dns::ServerAddress> server) {
  queries_.push_back({.owner = dns::Name::parse(owner).value(),
                      .type = type,
                      .token = static_cast<std::uint32_t>(queries_.size()),
                      .server = server});
  outcomes_.emplace_back();
}

std::optional<dns::Query> AskAll::next_query() {
  if (next_ == queries_.size()) return {};
  return queries_[next_++];
}

void AskAll::on_answer(std::uint32_t token, Outcome outcome) {
  ++answered_;
  outcomes_.at(token) = std::move(outcome);
}

dns::ResolverSettings impatient(std::initializer_list<std::string> servers) {
  dns::ResolverSettings settings{.servers = {}, .try_timeout = std::chrono::milliseconds{250}};
  for (const std::string& server : servers) {
    settings.servers.push_back(dns::parse_server_address(server).value());
  }
  return settings;
}

std::string to_text(Engine engine) {
  return engine == Engine::cares ? "cares" : "batch";
}

std::unique_ptr<dns::Resolver> make_resolver(Engine engine, const dns::ResolverSettings& settings) {
  if (engine == Engine::cares) return std::make_unique<dns::CaresResolver>(settings);
  return std::make_unique<dns::BatchResolver>(settings);
}

Outcome ask(Engine engine, const dns::ResolverSettings& settings, std::string_view owner,
            dns::RrType type) {
  AskAll questions;
  questions.add(owner, type);
  make_resolver(engine, settings)->run(questions, {});
  return questions.outcome(0);
}

std::string summary(const Outcome& outcome) {
  if (!outcome) {
    static const std::regex address("127\\.0\\.0\\.1(:[0-9]+)?");
    static const std::regex time("[0-9]+\\.[0-9] s");
    const std::string text = std::regex_replace(explain(outcome.error()), address, "SERVER");
    return std::regex_replace(text, time, "TIME");
  }
  std::string text = to_text(outcome->rcode);
  if (!outcome->rrset.empty()) {
    const bool one = outcome->rrset.size() == 1;
    text += fmt::format(" {} {}", outcome->rrset.size(), one ? "record" : "records");
  }
  for (const dns::Name& target : outcome->chain) text += " via " + target.to_text();
  if (outcome->authenticated) text += " AD";
  if (outcome->extended_error) text += " " + to_name(*outcome->extended_error);
  return text;
}

}  // namespace persist::integration
