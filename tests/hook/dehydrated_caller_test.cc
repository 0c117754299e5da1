// Calls by dehydrated.
#include "called_world.h"

namespace persist::hook {
namespace {

const std::string policy = "; policy=wildcard";

void dehydrated_calls(CalledWorld& world) {
  world.sample("dehydrated");
  world.ancestors({{"/bin/bash", "/usr/bin/dehydrated", "-c"}});
  world.set("BASEDIR", "/var/lib/dehydrated");
  world.set("CONFIG", "/etc/dehydrated/config");
  world.root().write("etc/dehydrated/config",
                     "CA=\"" + lab_directory + "\"\nHOOK=/usr/bin/persist-hook\n");
  world.record("example.com", lab_record("37c8ad0c4a58243e") + policy);
}

std::vector<std::string> generate_csr(const std::string& names) {
  return {"generate_csr", "example.com", "/var/lib/dehydrated/certs/none", names};
}

const CallCase dehydrated_cases[] = {
    {"generate_csr",
     dehydrated_calls,
     generate_csr("example.com *.example.com"),
     0,
     {"example.com"}},
    {"named",
     dehydrated_calls,
     {"dehydrated", "generate_csr", "example.com", "/var/lib/dehydrated/certs/none", "example.com"},
     0,
     {"example.com"}},
    {"refused",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.record("example.com", lab_record("9"));
     },
     generate_csr("example.com"),
     1,
     {"example.com"},
     "example.com: not authorised"},
    {"certificate_ends_soon",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.dns_is_down();
       world.certificate_that_ends_soon("var/lib/dehydrated/certs/none/cert.pem");
     },
     generate_csr("example.com"),
     0,
     {"example.com"},
     "let through although nothing could be found out: the certificate ends at 2027-02-20"},
    {"not_due",
     dehydrated_calls,
     {"generate_csr", "example.com", "/var/lib/dehydrated/certs/example-all",
      "example.com *.example.com www.example.net"},
     0,
     {}},
    {"due_by_other_names",
     dehydrated_calls,
     {"generate_csr", "example.com", "/var/lib/dehydrated/certs/example-all",
      "example.com *.example.com"},
     0,
     {"example.com"}},
    {"due_by_its_end",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.fake.time = add(world.fake.time, std::chrono::hours(24 * 365 * 5));
       world.record("www.example.net", lab_record("37c8ad0c4a58243e"));
     },
     {"generate_csr", "example.com", "/var/lib/dehydrated/certs/example-all",
      "example.com *.example.com www.example.net"},
     0,
     {"example.com", "www.example.net"}},
    {"due_by_force",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.ancestors({{"/bin/bash", "/usr/bin/dehydrated", "-c", "-x"}});
       world.record("www.example.net", lab_record("37c8ad0c4a58243e"));
     },
     {"generate_csr", "example.com", "/var/lib/dehydrated/certs/example-all",
      "example.com *.example.com www.example.net"},
     0,
     {"example.com", "www.example.net"}},
    {"deploy_challenge",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.set("altnames", "example.com *.example.com");
     },
     {"deploy_challenge", "example.com", "token", "value"},
     0,
     {"example.com"}},
    {"deploy_challenge_chain",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.record("www.example.net", lab_record("9"));
       world.set("altnames", "example.com www.example.net");
     },
     {"deploy_challenge", "example.com", "t", "v", "www.example.net", "t", "v"},
     1,
     {"example.com", "www.example.net"},
     "www.example.net: not authorised"},
    {"deploy_challenge_without_altnames",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.record("example.com", lab_record("37c8ad0c4a58243e"));
     },
     {"deploy_challenge", "example.com", "token", "value"},
     3,
     {"example.com"},
     "--no-wildcard"},
    {"probe", dehydrated_calls, {"this_hookscript_is_broken__dehydrated_is_working_fine"}, 0, {}},
    {"startup", dehydrated_calls, {"startup_hook"}, 0, {}},
    {"cleaning", dehydrated_calls, {"clean_challenge", "example.com", "t", "v"}, 0, {}},
    {"after", dehydrated_calls, {"deploy_cert", "example.com", "k", "c", "f", "h", "1"}, 0, {}},
    {"end", dehydrated_calls, {"exit_hook"}, 0, {}},
    {"unknown_stage", dehydrated_calls, {"deploy_something"}, 2, {}, "unknown command"},
    {"unknown_stage_named",
     dehydrated_calls,
     {"dehydrated", "deploy_something"},
     2,
     {},
     "unknown stage of dehydrated \"deploy_something\""},
    {"too_few_arguments",
     dehydrated_calls,
     {"deploy_challenge", "example.com"},
     2,
     {},
     "dehydrated calls with: deploy_challenge NAME TOKEN VALUE"},
    {"S10_configuration_for_a_shell",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.root().write("etc/dehydrated/config", "CA=\"$OTHER\"\n");
     },
     generate_csr("example.com"),
     2,
     {},
     "/etc/dehydrated/config: makes CA of variables, which only a shell could read"},
    {"S10_a_value_that_does_not_matter",
     [](CalledWorld& world) {
       dehydrated_calls(world);
       world.root().write("etc/dehydrated/config",
                          "CA=\"" + lab_directory + "\"\nWELLKNOWN=\"${BASEDIR}/challenges\"\n");
     },
     generate_csr("example.com"),
     0,
     {"example.com"}},
};

class DehydratedCalls : public ::testing::TestWithParam<CallCase> {};

TEST_P(DehydratedCalls, Behave) {
  expect_call(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, DehydratedCalls, ::testing::ValuesIn(dehydrated_cases), case_name);

}  // namespace
}  // namespace persist::hook
