#include "support/fake_resolver.h"

#include <algorithm>
#include <utility>

#include "record/generate.h"
#include "record/identifier.h"

namespace persist::testing {
namespace {

constexpr std::chrono::seconds usual_ttl{300};

std::string txt_rdata(std::string_view text) {
  std::string rdata;
  for (const std::string& part : record::to_character_strings(text)) {
    rdata += static_cast<char>(part.size());
    rdata += part;
  }
  return rdata;
}

class Borrowed final : public dns::Resolver {
 public:
  explicit Borrowed(FakeResolver& owner) : owner_(owner) {}
  void run(dns::Conversation& conversation, const dns::Limits& limits) override {
    owner_.run(conversation, limits);
  }

 private:
  FakeResolver& owner_;
};

}  // namespace

Outcome txt_answer(const std::vector<std::string>& texts) {
  dns::Answer answer{.rcode = dns::Rcode::noerror,
                     .ttl = usual_ttl,
                     .server = *dns::parse_server_address("192.0.2.53")};
  for (const std::string& text : texts) {
    answer.rrset.push_back(
        {.owner = {}, .type = dns::RrType::txt, .ttl = usual_ttl, .rdata = txt_rdata(text)});
  }
  return answer;
}

Outcome caa_answer(const std::vector<std::string>& records) {
  dns::Answer answer = *txt_answer({});
  for (const std::string& record : records) {
    const std::size_t first = record.find(' ');
    const std::size_t second = record.find(' ', first + 1);
    std::string rdata(1, static_cast<char>(std::stoi(record.substr(0, first))));
    rdata += static_cast<char>(second - first - 1);
    rdata += record.substr(first + 1, second - first - 1) + record.substr(second + 1);
    answer.rrset.push_back(
        {.owner = {}, .type = dns::RrType::caa, .ttl = usual_ttl, .rdata = std::move(rdata)});
  }
  return answer;
}

Outcome nxdomain_answer() {
  return dns::Answer{.rcode = dns::Rcode::nxdomain,
                     .ttl = usual_ttl,
                     .server = *dns::parse_server_address("192.0.2.53")};
}

Outcome failed_answer(dns::LookupErrorCode code) {
  dns::LookupError error{.code = code, .server = dns::parse_server_address("192.0.2.53")};
  if (code == dns::LookupErrorCode::rcode) error.rcode = dns::Rcode::servfail;
  return Unexpected(std::move(error));
}

Outcome ns_answer(const std::vector<std::string>& names) {
  dns::Answer answer = *txt_answer({});
  for (const std::string& name : names) {
    answer.rrset.push_back({.owner = {},
                            .type = dns::RrType::ns,
                            .ttl = usual_ttl,
                            .rdata = dns::Name::parse(name).value().wire()});
  }
  return answer;
}

Outcome address_answer(const std::vector<std::string>& addresses) {
  dns::Answer answer = *txt_answer({});
  for (const std::string& text : addresses) {
    const dns::ServerAddress server = dns::parse_server_address(text).value();
    answer.rrset.push_back(
        {.owner = {},
         .type = server.is_ipv6 ? dns::RrType::aaaa : dns::RrType::a,
         .ttl = usual_ttl,
         .rdata = std::string(server.address.begin(),
                              server.address.begin() + (server.is_ipv6 ? 16 : 4))});
  }
  return answer;
}

void FakeResolver::set(dns::RrType type, std::string_view owner, Outcome outcome) {
  of_type_.insert_or_assign({type, dns::Name::parse(owner).value()}, std::move(outcome));
}

void FakeResolver::set_at(std::string_view address, std::string_view owner, Outcome outcome) {
  of_server_.insert_or_assign(
      {dns::parse_server_address(address).value(), dns::Name::parse(owner).value()},
      std::move(outcome));
}

void FakeResolver::set_zone(std::string_view zone,
                            const std::vector<std::pair<std::string, std::string>>& servers) {
  std::vector<std::string> names;
  for (const auto& [name, address] : servers) {
    names.push_back(name);
    const bool is_ipv6 = address.find(':') != address.npos;
    set(is_ipv6 ? dns::RrType::aaaa : dns::RrType::a, name, address_answer({address}));
  }
  set(dns::RrType::ns, zone, ns_answer(names));
}

std::vector<std::string> FakeResolver::asked() const {
  std::vector<std::string> all;
  for (const auto& run : asked_) all.insert(all.end(), run.begin(), run.end());
  return all;
}

std::vector<std::string> FakeResolver::asked_at_first() const {
  std::vector<std::string> all;
  for (const auto& run : asked_) {
    if (run.empty() || run.front().starts_with("NS ") ||
        run.front().starts_with("TXT _acme-challenge."))
      continue;
    all.insert(all.end(), run.begin(), run.end());
  }
  return all;
}

void FakeResolver::set(std::string_view owner, Outcome outcome) {
  outcomes_.insert_or_assign(dns::Name::parse(owner).value(), std::move(outcome));
}

void FakeResolver::set_record(std::string_view name, Outcome outcome) {
  set(std::string(record::validation_label) + "." + std::string(name), std::move(outcome));
}

void FakeResolver::run(dns::Conversation& conversation, const dns::Limits&) {
  std::mt19937 generator(seed);
  asked_.emplace_back();
  for (std::size_t answers = 0; answers < answers_before_stop; ++answers) {
    ask_on(conversation);
    if (open_.empty()) return;
    const dns::Query query = take_next(generator);
    conversation.on_answer(query.token, answer_of(query));
  }
  stop_flag = sets_stop_flag;
  while (!open_.empty()) {
    conversation.on_answer(take_next(generator).token,
                           failed_answer(dns::LookupErrorCode::stopped));
  }
}

void FakeResolver::ask_on(dns::Conversation& conversation) {
  while (open_.size() < window) {
    auto query = conversation.next_query();
    if (!query) return;
    asked_.back().push_back(dns::to_text(query->type) + " " + query->owner.to_text() +
                            (query->server ? " @" + dns::to_text(*query->server) : ""));
    open_.push_back(*std::move(query));
    most_open_ = std::max(most_open_, open_.size());
  }
}

dns::Query FakeResolver::take_next(std::mt19937& generator) {
  std::size_t at = 0;
  if (order == AnswerOrder::last_come) at = open_.size() - 1;
  if (order == AnswerOrder::shuffled) at = generator() % open_.size();
  dns::Query query = std::move(open_[at]);
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
  return query;
}

Outcome FakeResolver::answer_of(const dns::Query& query) const {
  if (query.server) {
    const auto said = of_server_.find({*query.server, query.owner});
    return said == of_server_.end() ? failed_answer(dns::LookupErrorCode::timeout) : said->second;
  }
  if (query.type != dns::RrType::txt && query.type != dns::RrType::caa) {
    const auto typed = of_type_.find({query.type, query.owner});
    return typed == of_type_.end() ? nxdomain_answer() : typed->second;
  }
  const auto known = outcomes_.find(query.owner);
  if (known != outcomes_.end()) return known->second;
  return query.type == dns::RrType::caa ? caa_answer({}) : nxdomain_answer();
}

std::unique_ptr<dns::Resolver> FakeResolver::borrow() {
  return std::make_unique<Borrowed>(*this);
}

}  // namespace persist::testing
