// The servers of a zone: how they are found, what they are asked, and the bounds.
#include "survey/zone_survey.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <ostream>

#include "survey_runs.h"

namespace persist::survey {
namespace {

using persist::testing::address_answer;
using persist::testing::failed_answer;
using persist::testing::FakeResolver;
using persist::testing::ns_answer;
using persist::testing::nxdomain_answer;
using persist::testing::Outcome;
using persist::testing::txt_answer;
using persist::testing::usual_record;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using Texts = std::vector<std::string>;

const std::string owner = "_validation-persist.example.com";
const auto good = txt_answer({usual_record});
const std::vector<std::pair<std::string, std::string>> two_servers{{"ns1.example.com", "9.9.9.1"},
                                                                   {"ns2.example.com", "9.9.9.2"}};

Outcome alias(const std::string& target, bool leads_on = true) {
  Outcome outcome = leads_on ? txt_answer({}) : good;
  outcome->chain.push_back(dns::Name::parse(target).value());
  outcome->leads_on = leads_on;
  return outcome;
}

/// Every server of the zone, and the outcome: `ns1.example.com 9.9.9.1: authorized`.
Texts lines_of(FakeResolver& resolver, bool any_address = false, bool climb = false,
               const std::string& name = "example.com") {
  std::vector<Inquiry> inquiries;
  inquiries.push_back(inquiry_of(name, climb));
  judge_by_zones(inquiries, {.resolver = resolver, .limits = {}, .any_address = any_address},
                 Agreement::of_those_that_answer);
  const Subject& subject = inquiries.front().subjects.front();
  Texts lines;
  for (const View& view : subject.views) {
    lines.push_back(
        fmt::format("{} {}: {}", view.server, view.address,
                    view.fault.empty() ? testing::verdict(view.evaluation) : view.fault));
  }
  lines.insert(lines.end(), subject.remarks.begin(), subject.remarks.end());
  lines.push_back(testing::verdict(subject.evaluation));
  return lines;
}

struct Case {
  std::string name;
  void (*arrange)(FakeResolver& resolver);
  Texts lines;
  bool any_address = false;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string unknown = "unknown dns dns-failure";
const std::string nxdomain = "refused dns nxdomain";

const Case cases[] = {
    {"all_authorise",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", two_servers);
       resolver.set_at("9.9.9.1", owner, good);
       resolver.set_at("9.9.9.2", owner, good);
     },
     {"ns1.example.com 9.9.9.1: authorized", "ns2.example.com 9.9.9.2: authorized", "authorized"}},
    {"they_disagree",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", two_servers);
       resolver.set_at("9.9.9.1", owner, good);
       resolver.set_at("9.9.9.2", owner, nxdomain_answer());
     },
     {"ns1.example.com 9.9.9.1: authorized", "ns2.example.com 9.9.9.2: " + nxdomain, unknown}},
    {"one_is_silent",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", two_servers);
       resolver.set_at("9.9.9.2", owner, good);
     },
     {"ns1.example.com 9.9.9.1: it does not answer", "ns2.example.com 9.9.9.2: authorized",
      "authorized"}},
    {"the_label_is_a_zone_of_its_own",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", {{"wrong.example.com", "9.9.9.9"}});
       resolver.set_zone(owner, {{"ns1.example.com", "9.9.9.1"}});
       resolver.set_at("9.9.9.1", owner, good);
     },
     {"ns1.example.com 9.9.9.1: authorized", "authorized"}},
    {"a_server_with_both_families",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
       resolver.set(dns::RrType::aaaa, "ns1.example.com", address_answer({"2620:fe::9"}));
       resolver.set_at("9.9.9.1", owner, good);
     },
     {"ns1.example.com 9.9.9.1: authorized", "ns1.example.com 2620:fe::9: it does not answer",
      "authorized"}},
    {"two_names_of_one_address_are_asked_once",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com",
                         {{"ns1.example.com", "9.9.9.1"}, {"ns2.example.com", "9.9.9.1"}});
       resolver.set_at("9.9.9.1", owner, good);
     },
     {"ns1.example.com 9.9.9.1: authorized", "authorized"}},
    {"a_server_without_address",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
       resolver.set(dns::RrType::ns, "example.com",
                    ns_answer({"ns1.example.com", "none.example.com"}));
       resolver.set_at("9.9.9.1", owner, good);
     },
     {"ns1.example.com 9.9.9.1: authorized", "none.example.com : it has no address", "authorized"}},
    {"no_address_is_found",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
       const auto servfail = failed_answer(dns::LookupErrorCode::rcode);
       resolver.set(dns::RrType::a, "ns1.example.com", servfail);
       resolver.set(dns::RrType::aaaa, "ns1.example.com", servfail);
     },
     {"ns1.example.com : its address could not be found: resolver 192.0.2.53 could not get an "
      "answer (SERVFAIL)",
      unknown}},
    {"no_zone_is_found",
     [](FakeResolver&) {},
     {" : no zone above " + owner + " has name servers", unknown}},
    {"the_name_servers_cannot_be_looked_up",
     [](FakeResolver& resolver) {
       resolver.set(dns::RrType::ns, "example.com", failed_answer(dns::LookupErrorCode::rcode));
     },
     {" : the name servers of " + owner +
          " could not be found: resolver 192.0.2.53 could not get an answer (SERVFAIL)",
      unknown}},
    {"S14_private_addresses_are_not_asked",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com",
                         {{"ns1.example.com", "10.0.0.1"}, {"ns2.example.com", "9.9.9.2"}});
       resolver.set_at("10.0.0.1", owner, nxdomain_answer());
       resolver.set_at("9.9.9.2", owner, good);
     },
     {"ns1.example.com 10.0.0.1: it was not asked: the address is no public one "
      "(--allow-private-servers)",
      "ns2.example.com 9.9.9.2: authorized", "authorized"}},
    {"S14_private_addresses_are_asked_if_allowed",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", {{"ns1.example.com", "10.0.0.1"}});
       resolver.set_at("10.0.0.1", owner, good);
     },
     {"ns1.example.com 10.0.0.1: authorized", "authorized"},
     true},
    {"an_alias_within_the_zone_is_believed",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
       resolver.set_at("9.9.9.1", owner, alias("x.example.com", false));
     },
     {"ns1.example.com 9.9.9.1: authorized", "authorized"}},
    {"an_alias_out_of_the_zone_is_followed",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", two_servers);
       resolver.set_zone("host.example", {{"ns.host.example", "9.9.9.3"}});
       resolver.set_at("9.9.9.1", owner, alias("x.host.example"));
       // What it says of a zone that is not its own is not believed.
       resolver.set_at("9.9.9.2", owner, alias("x.host.example", false));
       resolver.set_at("9.9.9.3", "x.host.example", nxdomain_answer());
     },
     {"ns.host.example 9.9.9.3: " + nxdomain, nxdomain}},
    {"one_server_has_an_old_alias",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", two_servers);
       resolver.set_zone("host.example", {{"ns.host.example", "9.9.9.3"}});
       resolver.set_at("9.9.9.1", owner, alias("x.host.example"));
       resolver.set_at("9.9.9.2", owner, good);
       resolver.set_at("9.9.9.3", "x.host.example", nxdomain_answer());
     },
     {"ns.host.example 9.9.9.3: " + nxdomain, "ns2.example.com 9.9.9.2: authorized", unknown}},
    {"D30_alias_loop",
     [](FakeResolver& resolver) {
       resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
       resolver.set_zone("host.example", {{"ns.host.example", "9.9.9.3"}});
       resolver.set_at("9.9.9.1", owner, alias("x.host.example"));
       resolver.set_at("9.9.9.3", "x.host.example", alias(owner));
     },
     {"ns.host.example 9.9.9.3: alias loop", unknown}},
};

class Zones : public ::testing::TestWithParam<Case> {};

TEST_P(Zones, AreAskedServerByServer) {
  for (const auto order :
       {persist::testing::AnswerOrder::first_come, persist::testing::AnswerOrder::last_come,
        persist::testing::AnswerOrder::shuffled}) {
    FakeResolver resolver;
    resolver.order = order;
    GetParam().arrange(resolver);
    EXPECT_EQ(lines_of(resolver, GetParam().any_address), GetParam().lines);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Zones, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

TEST(ZoneSurvey, AsksThis) {
  FakeResolver resolver;
  resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
  lines_of(resolver);
  EXPECT_THAT(resolver.asked(), ElementsAre("NS " + owner, "NS example.com", "A ns1.example.com",
                                            "AAAA ns1.example.com", "TXT " + owner + " @9.9.9.1"));
}

TEST(ZoneSurvey, D30_AliasesOverMoreThanEightZones) {
  for (const int steps : {8, 9}) {
    FakeResolver resolver;
    resolver.set_zone("example.com", {{"ns.example.com", "9.9.9.100"}});
    resolver.set_at("9.9.9.100", owner, alias("x.z1.example"));
    for (int i = 1; i <= steps; ++i) {
      const std::string zone = fmt::format("z{}.example", i);
      const std::string address = fmt::format("9.9.9.{}", i);
      resolver.set_zone(zone, {{"ns." + zone, address}});
      resolver.set_at(address, "x." + zone,
                      i == steps ? good : alias(fmt::format("x.z{}.example", i + 1)));
    }
    EXPECT_EQ(lines_of(resolver),
              steps == 8 ? (Texts{"ns.z8.example 9.9.9.8: authorized", "authorized"})
                         : (Texts{"ns.z8.example 9.9.9.8: alias chain too long (more than 8 steps)",
                                  unknown}));
  }
}

TEST(ZoneSurvey, S14_TwoHundredNameServers) {
  FakeResolver resolver;
  std::vector<std::pair<std::string, std::string>> servers;
  for (int i = 0; i < 200; ++i)
    servers.emplace_back(fmt::format("ns{:03}.example.com", i), fmt::format("9.9.9.{}", i));
  resolver.set_zone("example.com", servers);
  for (const auto& [name, address] : servers) resolver.set_at(address, owner, good);
  const auto lines = lines_of(resolver);
  ASSERT_THAT(lines, SizeIs(13 + 2));
  EXPECT_EQ(lines[12], "ns012.example.com 9.9.9.12: authorized");
  EXPECT_EQ(lines[13],
            "of the 200 name servers of example.com, 187 were not asked: 13 are the limit");
  EXPECT_LE(resolver.asked().size(), 64U);
}

TEST(ZoneSurvey, S14_NeverMoreThan64Queries) {
  FakeResolver resolver;
  std::vector<std::string> names;
  for (int i = 0; i < 13; ++i) {
    const std::string name = fmt::format("ns{:02}.example.com", i);
    names.push_back(name);
    resolver.set(dns::RrType::a, name,
                 address_answer({fmt::format("9.9.{}.1", i), fmt::format("9.9.{}.2", i),
                                 fmt::format("9.9.{}.3", i)}));
    resolver.set(dns::RrType::aaaa, name,
                 address_answer({fmt::format("2620:fe::{}1", i), fmt::format("2620:fe::{}2", i)}));
  }
  resolver.set(dns::RrType::ns, "example.com", ns_answer(names));
  const auto lines = lines_of(resolver);
  EXPECT_THAT(resolver.asked(), SizeIs(64));
  // Two addresses of each family; the third one is not even told of.
  EXPECT_THAT(lines, SizeIs(13 * 4 + 1));
  EXPECT_THAT(lines, ::testing::Contains(::testing::HasSubstr(
                         "it was not asked: 64 queries for one name are the limit")));
}

TEST(ZoneSurvey, S14_ADeepNameWithoutAnyZone) {
  FakeResolver resolver;
  std::string name = "example.com";
  for (int i = 0; i < 100; ++i) name.insert(0, "a.");
  const auto lines = lines_of(resolver, false, false, name);
  EXPECT_THAT(resolver.asked(), SizeIs(64));
  EXPECT_THAT(lines,
              ElementsAre(" : it was not asked: 64 queries for one name are the limit", unknown));
}

TEST(ZoneSurvey, C10_WhatIsNotAskedInTimeIsUnknown) {
  FakeResolver resolver;
  resolver.set_zone("example.com", two_servers);
  resolver.set_at("9.9.9.1", owner, good);
  resolver.set_at("9.9.9.2", owner, good);
  resolver.window = 1;
  resolver.answers_before_stop = 5;
  EXPECT_THAT(lines_of(resolver),
              ::testing::AllOf(::testing::Contains(::testing::HasSubstr("not asked in time")),
                               ::testing::Contains(unknown)));
}

TEST(ZoneSurvey, AParentIsAskedWhereTheCaClimbs) {
  FakeResolver resolver;
  resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
  resolver.set_at("9.9.9.1", "_validation-persist.a.example.com", nxdomain_answer());
  resolver.set_at("9.9.9.1", owner, txt_answer({usual_record + "; policy=wildcard"}));
  EXPECT_THAT(lines_of(resolver, false, true, "a.example.com"),
              ElementsAre("ns1.example.com 9.9.9.1: authorized", "authorized"));
  EXPECT_THAT(lines_of(resolver, false, false, "a.example.com"),
              ElementsAre("ns1.example.com 9.9.9.1: " + nxdomain, nxdomain));
}

TEST(ZoneSurvey, OneNameForSeveralInquiriesIsAskedOnce) {
  FakeResolver resolver;
  resolver.set_zone("example.com", {{"ns1.example.com", "9.9.9.1"}});
  resolver.set_at("9.9.9.1", owner, good);
  std::vector<Inquiry> inquiries;
  inquiries.push_back(inquiry_of("example.com"));
  inquiries.push_back(inquiry_of("*.example.com"));
  judge_by_zones(inquiries, {.resolver = resolver, .limits = {}}, Agreement::of_all);
  EXPECT_EQ(line_of(inquiries[0].subjects[0]), "example.com: authorized");
  EXPECT_EQ(line_of(inquiries[1].subjects[0]),
            "*.example.com: refused unauthorized policy-not-wildcard");
  EXPECT_THAT(resolver.asked(), SizeIs(5));
}

}  // namespace
}  // namespace persist::survey
