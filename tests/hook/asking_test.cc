// Who is asked beside the resolvers: the servers of the zone, each resolver by itself, wrong names.
#include "hook/asking.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "called_world.h"
#include "hook/wrong_places.h"
#include "hook_runs.h"

namespace persist::hook {
namespace {

using persist::testing::account_url;
using persist::testing::failed_answer;
using persist::testing::FakeEnvironment;
using persist::testing::nxdomain_answer;
using persist::testing::Outcome;
using persist::testing::txt_answer;
using persist::testing::usual_record;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::string owner = "_validation-persist.example.com";
const auto good = txt_answer({usual_record});

void two_servers(FakeEnvironment& fake, const Outcome& first, const Outcome& second) {
  fake.resolver.set_zone("example.com",
                         {{"ns1.example.com", "9.9.9.1"}, {"ns2.example.com", "9.9.9.2"}});
  fake.resolver.set_at("9.9.9.1", owner, first);
  fake.resolver.set_at("9.9.9.2", owner, second);
}

std::vector<std::string> check(const std::vector<std::string>& options) {
  return std::vector<std::string>{"check", "example.com"} + own_ca + options;
}

Outcome validated(Outcome outcome) {
  outcome->authenticated = true;
  outcome->server = dns::parse_server_address("127.0.0.1").value();
  return outcome;
}

/// A run whose whole output is `tests/testdata/hook/<name>.txt`.
struct WholeCase {
  std::string name;
  std::vector<std::string> arguments;
  int status;
  void (*arrange)(FakeEnvironment&);
  friend void PrintTo(const WholeCase& row, std::ostream* out) { *out << row.name; }
};

const WholeCase whole_cases[] = {
    {"authoritative_authorized", check({"--authoritative"}), 0,
     [](FakeEnvironment& fake) { two_servers(fake, good, good); }},
    {"authoritative_disagree", check({"--authoritative"}), 3,
     [](FakeEnvironment& fake) { two_servers(fake, good, nxdomain_answer()); }},
    {"authoritative_refused", check({"--authoritative"}), 1,
     [](FakeEnvironment& fake) { two_servers(fake, nxdomain_answer(), nxdomain_answer()); }},
    {"authoritative_one_dead", check({"--authoritative"}), 0,
     [](FakeEnvironment& fake) {
       two_servers(fake, good, failed_answer(dns::LookupErrorCode::timeout));
     }},
    {"authoritative_all_dead", check({"--authoritative"}), 3,
     [](FakeEnvironment& fake) {
       const auto timeout = failed_answer(dns::LookupErrorCode::timeout);
       two_servers(fake, timeout, timeout);
     }},
    {"authoritative_no_zone", check({"--authoritative"}), 3, [](FakeEnvironment&) {}},
    {"S14_authoritative_private", check({"--authoritative"}), 3,
     [](FakeEnvironment& fake) {
       fake.resolver.set_zone("example.com", {{"ns1.example.com", "10.0.0.1"}});
       fake.resolver.set_at("10.0.0.1", owner, good);
     }},
    {"S14_authoritative_private_allowed", check({"--authoritative", "--allow-private-servers"}), 0,
     [](FakeEnvironment& fake) {
       fake.resolver.set_zone("example.com", {{"ns1.example.com", "10.0.0.1"}});
       fake.resolver.set_at("10.0.0.1", owner, good);
     }},
    {"authoritative_caa_forbids", check({"--authoritative"}), 1,
     [](FakeEnvironment& fake) {
       two_servers(fake, good, good);
       fake.resolver.set("example.com", persist::testing::caa_answer({"0 issue other.example"}));
     }},
    {"authoritative_json", check({"--authoritative", "--format", "json"}), 3,
     [](FakeEnvironment& fake) { two_servers(fake, good, nxdomain_answer()); }},
    {"require_dnssec_validated", check({"--require-dnssec"}), 0,
     [](FakeEnvironment& fake) { fake.resolver.set(owner, validated(good)); }},
    {"require_dnssec_unverified", check({"--require-dnssec"}), 3,
     [](FakeEnvironment& fake) { fake.resolver.set(owner, good); }},
    {"misplaced", check({}), 1,
     [](FakeEnvironment& fake) {
       fake.resolver.set("_acme-challenge.example.com", good);
       fake.resolver.set("example.com", txt_answer({"v=spf1 -all", "token-of-somebody"}));
       fake.resolver.set(owner + ".example.com", good);
     }},
};

class Asked : public ::testing::TestWithParam<WholeCase> {};

TEST_P(Asked, WholeOutput) {
  FakeEnvironment fake;
  GetParam().arrange(fake);
  const auto got = fake.run(run, GetParam().arguments);
  EXPECT_EQ(got.status, GetParam().status);
  persist::testing::expect_golden("hook/" + GetParam().name + ".txt",
                                  persist::testing::to_text(got));
}

INSTANTIATE_TEST_SUITE_P(Table, Asked, ::testing::ValuesIn(whole_cases),
                         [](const auto& row) { return row.param.name; });

struct UsageCase {
  std::string name;
  std::vector<std::string> options;
  std::string told;
  friend void PrintTo(const UsageCase& row, std::ostream* out) { *out << row.name; }
};

const UsageCase usage_cases[] = {
    {"compare_and_authoritative",
     {"--compare", "--authoritative", "--resolver", "192.0.2.1", "--resolver", "192.0.2.2"},
     "--compare and --authoritative exclude each other"},
    {"compare_with_one_resolver",
     {"--compare", "--resolver", "192.0.2.1"},
     "--compare needs two resolvers or more"},
    {"require_dnssec_and_authoritative",
     {"--require-dnssec", "--authoritative"},
     "--require-dnssec and --authoritative exclude each other"},
};

class AskedWrongly : public ::testing::TestWithParam<UsageCase> {};

TEST_P(AskedWrongly, IsUsage) {
  FakeEnvironment fake;
  const auto got = fake.run(run, check(GetParam().options));
  EXPECT_EQ(got.status, 2);
  EXPECT_THAT(got.err, StartsWith("persist-hook: error: " + GetParam().told));
  EXPECT_THAT(fake.resolver.asked(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Table, AskedWrongly, ::testing::ValuesIn(usage_cases),
                         [](const auto& row) { return row.param.name; });

/// Two resolvers of their own minds.
struct CompareCase {
  std::string name;
  Outcome first, second;
  int status;
  std::vector<std::string> told;
  friend void PrintTo(const CompareCase& row, std::ostream* out) { *out << row.name; }
};

const auto other_account = txt_answer({"ca.example; accounturi=https://ca.example/acct/9"});
const CompareCase compare_cases[] = {
    {"both_authorise", good, good, 0, {}},
    {"they_disagree",
     good,
     nxdomain_answer(),
     3,
     {"the resolvers do not agree (1 authorise, 1 refuse)",
      "asked:   resolver 192.0.2.1: authorised (wildcard: no; until: never)",
      "asked:   resolver 192.0.2.2: the record is missing: the name does not exist (NXDOMAIN)"}},
    {"both_refuse", nxdomain_answer(), other_account, 1, {"not authorised: "}},
    {"one_does_not_answer",
     good,
     failed_answer(dns::LookupErrorCode::timeout),
     3,
     {"not all of the resolvers could be asked (1 authorise, 0 refuse)",
      "asked:   resolver 192.0.2.2: no answer from resolver"}},
    {"one_refuses_one_does_not_answer",
     failed_answer(dns::LookupErrorCode::rcode),
     nxdomain_answer(),
     3,
     {"not all of the resolvers could be asked (0 authorise, 1 refuse)"}},
    {"none_answers",
     failed_answer(dns::LookupErrorCode::rcode),
     failed_answer(dns::LookupErrorCode::rcode),
     3,
     {"none of the resolvers gave an answer"}},
};

class D37_Compare : public ::testing::TestWithParam<CompareCase> {};

TEST_P(D37_Compare, SaysWhichSawWhat) {
  persist::testing::FakeResolver first;
  persist::testing::FakeResolver second;
  first.set(owner, GetParam().first);
  second.set(owner, GetParam().second);
  report::StringSink out;
  report::StringSink err;
  FakeEnvironment fake;
  app::Environment environment = fake.make(out, err);
  environment.make_resolver = [&](const dns::ResolverSettings& settings) {
    EXPECT_THAT(settings.servers, SizeIs(1));
    return dns::to_text(settings.servers.front()) == "192.0.2.1" ? first.borrow() : second.borrow();
  };
  const auto arguments = check({"--compare", "--resolver", "192.0.2.1", "--resolver", "192.0.2.2"});
  const std::vector<std::string_view> views(arguments.begin(), arguments.end());
  EXPECT_EQ(static_cast<int>(run(views, environment)), GetParam().status);
  for (const std::string& text : GetParam().told) EXPECT_THAT(err.text(), HasSubstr(text));
  EXPECT_EQ(err.text().empty(), GetParam().told.empty()) << err.text();
}

INSTANTIATE_TEST_SUITE_P(Table, D37_Compare, ::testing::ValuesIn(compare_cases),
                         [](const auto& row) { return row.param.name; });

/// A call by dehydrated about example.com: what the resolver says, and the two servers of the zone.
struct ConfirmCase {
  std::string name;
  Outcome resolver;
  Outcome first, second;
  int status;
  std::string told;
  friend void PrintTo(const ConfirmCase& row, std::ostream* out) { *out << row.name; }
};

const auto lab = txt_answer({lab_record("9")});
const auto lab_other = txt_answer({lab_record("8")});
const auto lab_expired = txt_answer({lab_record("9") + "; persistUntil=1000"});
const auto dead = failed_answer(dns::LookupErrorCode::timeout);
const std::string overruled =
    "warning: the name servers of the zone authorise it (ns1.example.com (9.9.9.1)";
const ConfirmCase confirm_cases[] = {
    {"a_negative_cache_is_overruled", nxdomain_answer(), lab, lab, 0,
     overruled + ", ns2.example.com (9.9.9.2)); the resolver still has an older answer, for up to "
                 "5m: the record is missing"},
    {"nodata_is_overruled", txt_answer({}), lab, lab, 0, overruled},
    {"a_stale_cache_is_overruled", lab_other, lab, lab, 0,
     "the resolver still has an older answer, for up to 5m: "},
    {"an_expired_record_is_overruled", lab_expired, lab, lab, 0, overruled},
    {"a_dead_server_does_not_count", nxdomain_answer(), lab, dead, 0,
     "warning: ns2.example.com (9.9.9.2): it does not answer"},
    {"the_zone_says_the_same", nxdomain_answer(), nxdomain_answer(), nxdomain_answer(), 1,
     "note:    confirmed by the name servers of the zone: ns1.example.com (9.9.9.1), "
     "ns2.example.com (9.9.9.2)"},
    {"the_zone_refuses_for_another_reason", nxdomain_answer(), lab_other, lab_other, 1,
     "note:    the name servers of the zone do not authorise it either: "},
    {"the_zone_disagrees", nxdomain_answer(), lab, nxdomain_answer(), 1,
     "note:    not confirmed by the name servers of the zone: the name servers of the zone do not "
     "agree (1 authorise, 1 refuse)"},
    {"the_zone_cannot_be_asked", nxdomain_answer(), dead, dead, 1,
     "note:    not confirmed by the name servers of the zone: none of the name servers of the zone "
     "gave an answer"},
    {"G2_unknown_stays_unknown", failed_answer(dns::LookupErrorCode::rcode), lab, lab, 3,
     "could not find out"},
};

void call_of_dehydrated(CalledWorld& world) {
  world.set("PERSIST_HOOK_ACCOUNT_URL", "https://acme.test/my-account/9");
  world.set("PERSIST_HOOK_NO_WILDCARD", "true");
}
const std::vector<std::string> dehydrated{"dehydrated", "generate_csr", "example.com",
                                          "/nonexistent", "example.com"};

class G3_Confirmation : public ::testing::TestWithParam<ConfirmCase> {};

TEST_P(G3_Confirmation, OfARefusal) {
  CalledWorld world;
  call_of_dehydrated(world);
  world.fake.resolver.set(owner, GetParam().resolver);
  two_servers(world.fake, GetParam().first, GetParam().second);
  const auto got = world.run(dehydrated);
  EXPECT_EQ(got.status, GetParam().status) << got.err;
  EXPECT_THAT(got.err, HasSubstr(GetParam().told));
  EXPECT_EQ(got.out, "");
}

INSTANTIATE_TEST_SUITE_P(Table, G3_Confirmation, ::testing::ValuesIn(confirm_cases),
                         [](const auto& row) { return row.param.name; });

TEST(Confirmation, AGoodCheckCostsNothingMore) {
  CalledWorld world;
  call_of_dehydrated(world);
  world.fake.resolver.set(owner, lab);
  EXPECT_EQ(world.run(dehydrated).status, 0);
  EXPECT_THAT(world.fake.resolver.asked(), ::testing::ElementsAre("TXT " + owner));
  EXPECT_EQ(world.fake.resolver.runs(), 1U);
}

TEST(Confirmation, IsForCallsByAClient) {
  FakeEnvironment fake;
  fake.resolver.set(owner, nxdomain_answer());
  two_servers(fake, good, good);
  EXPECT_EQ(fake.run(run, check({})).status, 1);
  EXPECT_THAT(fake.resolver.asked(), Each(Not(StartsWith("NS "))));
  fake.run(run, std::vector<std::string>{"exec", "example.com"} + own_ca +
                    std::vector<std::string>{"--", "true"});
  EXPECT_EQ(fake.became, std::vector<std::string>{"true"});
}

TEST(Confirmation, AsksCaaOfWhatTheZoneAuthorises) {
  FakeEnvironment fake;
  fake.resolver.set(owner, nxdomain_answer());
  two_servers(fake, good, good);
  fake.resolver.set("example.com", persist::testing::caa_answer({"0 issue other.example"}));
  const auto got = fake.run(run, std::vector<std::string>{"exec", "example.com"} + own_ca +
                                     std::vector<std::string>{"--", "true"});
  EXPECT_EQ(got.status, 1);
  EXPECT_THAT(got.err, HasSubstr("CAA"));
}

TEST(Confirmation, NothingIsAskedOnceTheTimeIsOver) {
  CalledWorld world;
  call_of_dehydrated(world);
  world.fake.resolver.set(owner, nxdomain_answer());
  two_servers(world.fake, lab, lab);
  world.fake.resolver.answers_before_stop = 1;
  world.fake.resolver.sets_stop_flag = true;
  const auto got = world.run(dehydrated);
  EXPECT_NE(got.status, 0);
}

TEST(Confirmation, OfAWildcardThatMayBeMeant) {
  CalledWorld world;
  world.set("PERSIST_HOOK_ACCOUNT_URL", "https://acme.test/my-account/33a4d3ef7a126fd5");
  world.sample("uacme");
  world.ancestors({{"uacme", "-c", "/etc/ssl/uacme", "-a", lab_directory, "-h",
                    "/usr/bin/persist-hook", "issue", "example.com"}});
  world.fake.resolver.set(owner, nxdomain_answer());
  const auto both = txt_answer({lab_record("33a4d3ef7a126fd5") + "; policy=wildcard"});
  two_servers(world.fake, both, both);
  const auto got =
      world.run({"uacme", "begin", "dns-persist-01", "example.com", "lab.example",
                 "\"lab.example; accounturi=https://acme.test/my-account/33a4d3ef7a126fd5\""});
  EXPECT_EQ(got.status, 0) << got.err;
  EXPECT_THAT(got.err, HasSubstr(overruled));
}

TEST(WrongPlaces, AreThese) {
  std::vector<std::string> texts;
  for (const auto& name : wrong_owners(persist::testing::name("a.example.com")))
    texts.push_back(name.to_text());
  EXPECT_THAT(
      texts,
      ::testing::UnorderedElementsAre(
          "_acme-challenge.a.example.com", "_validation_persist.a.example.com",
          "validation-persist.a.example.com", "_validate-persist.a.example.com",
          "_validation-persistent.a.example.com", "_validation-name.a.example.com", "a.example.com",
          "_validation-persist.a.example.com.a.example.com", "_validation-persist.*.a.example.com",
          "_validation-persist.www.a.example.com", "_validation-persist.a.example.com.example.com",
          "a._validation-persist.example.com", "_validation-persist.example.com"));
}

TEST(WrongPlaces, EachIsFound) {
  for (const auto& place : wrong_owners(persist::testing::name("a.example.com"))) {
    FakeEnvironment fake;
    fake.resolver.set(place.to_text(), good);
    const auto got = fake.run(run, std::vector<std::string>{"check", "a.example.com"} + own_ca);
    EXPECT_EQ(got.status, 1);
    EXPECT_THAT(got.err,
                HasSubstr("note:    a record for this method stands at " + place.to_text() +
                          ", where it is not looked for: it belongs to "
                          "_validation-persist.a.example.com\n"));
  }
}

TEST(WrongPlaces, AreLookedAtOnlyWhereNothingIsFound) {
  FakeEnvironment fake;
  fake.resolver.set(owner, other_account);
  fake.resolver.set("_acme-challenge.example.com", good);
  const auto got = fake.run(run, check({}));
  EXPECT_EQ(got.status, 1);
  EXPECT_THAT(got.err, Not(HasSubstr("stands at")));
  EXPECT_THAT(fake.resolver.asked(), Not(Contains("TXT _acme-challenge.example.com")));
}

TEST(WrongPlaces, OfTenNamesAtMost) {
  FakeEnvironment fake;
  std::vector<std::string> arguments{"check"};
  for (int i = 0; i < 30; ++i) arguments.push_back(fmt::format("n{}.example", i));
  EXPECT_EQ(fake.run(run, arguments + own_ca).status, 1);
  EXPECT_LE(fake.resolver.asked().size(), 30U + 10 * 13);
}

}  // namespace
}  // namespace persist::hook
