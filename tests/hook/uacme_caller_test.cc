// Calls by uacme.
#include "called_world.h"

namespace persist::hook {
namespace {

const std::string uacme_account = "https://acme.test/my-account/33a4d3ef7a126fd5";
const std::string wanted_record = "\"lab.example; accounturi=" + uacme_account + "\"";

void uacme_calls(CalledWorld& world) {
  world.sample("uacme");
  world.unset("PERSIST_HOOK_ISSUER");
  world.ancestors({{"uacme", "-c", "/etc/ssl/uacme", "-a", lab_directory, "-h",
                    "/usr/bin/persist-hook", "issue", "example.com"}});
  world.set("UACME_METHOD", "begin");
  world.set("UACME_TYPE", "dns-persist-01");
  world.set("UACME_IDENT", "example.com");
  world.record("example.com", lab_record("33a4d3ef7a126fd5"));
}

std::vector<std::string> begin(const std::string& type, const std::string& value) {
  return {"begin", type, "example.com", "lab.example", value};
}

const CallCase uacme_cases[] = {
    {"native", uacme_calls, begin("dns-persist-01", wanted_record), 0, {"example.com"}},
    {"native_named",
     uacme_calls,
     {"uacme", "begin", "dns-persist-01", "example.com", "lab.example", wanted_record},
     0,
     {"example.com"}},
    {"native_refused",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.record("example.com", lab_record("9"));
     },
     begin("dns-persist-01", wanted_record),
     1,
     {"example.com"},
     "example.com: not authorised"},
    {"certificate_ends_soon",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.dns_is_down();
       world.certificate_that_ends_soon("etc/ssl/uacme/example.com/cert.pem");
     },
     begin("dns-persist-01", wanted_record),
     0,
     {"example.com"},
     "let through although nothing could be found out: the certificate ends at 2027-02-20"},
    {"S07_handed_account_is_compared",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.set("PERSIST_HOOK_ACCOUNT_URL", "https://acme.test/my-account/1");
     },
     begin("dns-persist-01", wanted_record),
     2,
     {},
     "uacme orders for account \"https://acme.test/my-account/33a4d3ef7a126fd5\", not for "
     "\"https://acme.test/my-account/1\""},
    {"S07_stale_variable_is_not_looked_at",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.set("UACME_AUTH", "\"lab.example; accounturi=https://acme.test/my-account/9\"");
     },
     begin("dns-persist-01", wanted_record),
     0,
     {"example.com"}},
    {"no_record",
     uacme_calls,
     begin("dns-persist-01", "nothing"),
     2,
     {},
     "no record of this method"},
    {"label_is_there_already",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.unset("UACME_IDENT");
     },
     {"begin", "dns-persist-01", "_validation-persist.example.com", "lab.example", wanted_record},
     0,
     {"example.com"}},
    {"E03_two_names",
     [](CalledWorld& world) {
       uacme_calls(world);
       world.unset("UACME_IDENT");
       world.set("UACME_IDENT", "other.example");
     },
     begin("dns-persist-01", wanted_record),
     2,
     {},
     "uacme orders for \"example.com\" by its arguments, for \"other.example\""},
    {"other_type_is_declined", uacme_calls, begin("http-01", "x.y"), 1, {}, "http-01 declined"},
    {"done", uacme_calls, {"done", "dns-persist-01", "example.com", "t", "a"}, 0, {}},
    {"failed", uacme_calls, {"failed", "dns-persist-01", "example.com", "t", "a"}, 0, {}},
    {"four_arguments",
     uacme_calls,
     {"done", "dns-persist-01", "example.com", "t"},
     2,
     {},
     "unknown command \"done\""},
};

class UacmeCalls : public ::testing::TestWithParam<CallCase> {};

TEST_P(UacmeCalls, Behave) {
  expect_call(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Table, UacmeCalls, ::testing::ValuesIn(uacme_cases), case_name);

}  // namespace
}  // namespace persist::hook
