// Which CA, which account, which time: what the options of both programs mean.

#include "app/common_options.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "support/fake_environment.h"

namespace persist::app {
namespace {

using record::Dialect;

/// `--name value` for each pair.
struct Given {
  std::string name, value;
};

Expected<CommonOptions, UsageError> read(const std::vector<Given>& given) {
  CommonOptions options;
  Values values;
  for (const Given& one : given) values[one.name].push_back(one.value);
  const auto rows = common_option_rows(options);
  const auto applied = apply_values(rows, values, {}, {});
  if (!applied) return Unexpected(applied.error());
  return options;
}

// ---- which CA

/// Everything of a profile that an option can change.
std::string summary(const record::CaProfile& ca) {
  std::string issuers;
  for (const std::string& name : ca.issuer_domain_names)
    issuers += (issuers.empty() ? "" : "+") + name;
  std::string algorithms;
  for (const std::string& name : ca.hash_algs) algorithms += (algorithms.empty() ? "" : "+") + name;
  return fmt::format("{} {} {}{}{}{} {}{}", ca.id, issuers, record::to_text(ca.dialect),
                     ca.dialect_is_certain ? " certain" : "", ca.climbs ? " climbs" : "",
                     ca.reading.caa.is_checked ? "" : " no-caa", algorithms,
                     ca.account_hash_prefix.empty() ? "" : " " + ca.account_hash_prefix);
}

struct Selection {
  std::string name;
  std::vector<Given> given;
  std::string want;
  friend void PrintTo(const Selection& row, std::ostream* out) { *out << row.name; }
};

const Given staging_account{"account-url",
                            "https://acme-staging-v02.api.letsencrypt.org/acme/acct/7"};

const Selection selections[] = {
    {"by_id", {{"ca", "letsencrypt"}}, "letsencrypt letsencrypt.org 01 sha-256"},
    {"by_directory",
     {{"directory", "https://dv.acme-v02.api.pki.goog/directory"}},
     "google pki.goog 01 sha-256"},
    {"by_server",
     {{"server", "https://acme-staging-v02.api.letsencrypt.org/directory"}},
     "letsencrypt-staging letsencrypt.org 01 sha-256"},
    {"by_account", {staging_account}, "letsencrypt-staging letsencrypt.org 01 sha-256"},
    {"id_and_its_directory",
     {{"ca", "google"}, {"directory", "https://dv.acme-v02.api.pki.goog/directory"}},
     "google pki.goog 01 sha-256"},
    {"id_and_an_unknown_directory",
     {{"ca", "pebble"}, {"directory", "https://pebble.example:14000/dir"}},
     "pebble pebble.letsencrypt.org 01 no-caa sha-256"},
    {"directory_and_server_say_the_same",
     {{"directory", "https://dv.acme-v02.api.pki.goog/directory"},
      {"server", "https://dv.acme-v02.api.pki.goog/directory"}},
     "google pki.goog 01 sha-256"},
    {"rule_set_for_the_account_of_a_known_ca",
     {{"ca", "strict-01"}, {"issuer", "letsencrypt.org"}, staging_account},
     "strict-01 letsencrypt.org 01 certain sha-256"},
    {"id_and_the_account_of_an_unknown_ca",
     {{"ca", "letsencrypt"}, {"account-url", "https://acme-v01.api.letsencrypt.org/acme/reg/1"}},
     "letsencrypt letsencrypt.org 01 sha-256"},
    {"own_ca",
     {{"issuer", "CA.Example."}, {"account-url", "https://ca.example/1"}},
     "strict-01 ca.example 01 sha-256"},
    {"own_ca_with_two_issuers",
     {{"issuer", "a.example"}, {"issuer", "b.example"}},
     "strict-01 a.example+b.example 01 sha-256"},
    {"own_ca_of_a_dialect",
     {{"issuer", "ca.example"}, {"dialect", "01"}},
     "strict-01 ca.example 01 certain sha-256"},
    {"own_directory_hides_the_account",
     {{"directory", "https://ca.example/dir"}, {"issuer", "ca.example"}, staging_account},
     "strict-01 ca.example 01 sha-256"},
    {"own_ca_of_the_new_dialect",
     {{"issuer", "ca.example"},
      {"dialect", "02"},
      {"account-hash-prefix", "https://ca.example/h/"},
      {"hash-alg", "sha-384"}},
     "strict-02 ca.example 02 certain sha-384 https://ca.example/h/"},
    {"dialect_00_is_01",
     {{"ca", "letsencrypt"}, {"dialect", "00"}},
     "letsencrypt letsencrypt.org 01 certain sha-256"},
    {"dialect_of_a_known_ca_changed",
     {{"ca", "letsencrypt"}, {"dialect", "02"}, {"account-hash-prefix", "https://le.example/h/"}},
     "letsencrypt letsencrypt.org 02 certain sha-256 https://le.example/h/"},
    {"issuer_of_a_known_ca_changed",
     {{"ca", "letsencrypt"}, {"issuer", "le.example"}},
     "letsencrypt le.example 01 sha-256"},
    {"climbing",
     {{"ca", "letsencrypt"}, {"climb-parents", "true"}},
     "letsencrypt letsencrypt.org 01 climbs sha-256"},
    {"without_caa",
     {{"ca", "letsencrypt"}, {"no-caa", "true"}},
     "letsencrypt letsencrypt.org 01 no-caa sha-256"},
};

class Selections : public ::testing::TestWithParam<Selection> {};

TEST_P(Selections, GiveAProfile) {
  const auto options = read(GetParam().given);
  ASSERT_TRUE(options) << options.error().message;
  const auto profile = make_profile(*options);
  ASSERT_TRUE(profile) << profile.error().message;
  EXPECT_EQ(summary(*profile), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, Selections, ::testing::ValuesIn(selections),
                         [](const auto& row) { return row.param.name; });

struct NoSelection {
  std::string name;
  std::vector<Given> given;
  std::string message, hint;
  friend void PrintTo(const NoSelection& row, std::ostream* out) { *out << row.name; }
};

const NoSelection no_selections[] = {
    {"nothing_known",
     {},
     "which CA is not known",
     "give --ca, or --issuer and --dialect for a CA of your own"},
    {"account_of_an_unknown_ca",
     {{"account-url", "https://ca.example/acct/1"}},
     "which CA is not known",
     "give --ca, or --issuer and --dialect for a CA of your own"},
    {"unknown_directory",
     {{"directory", "https://ca.example/dir"}, staging_account},
     "which CA is not known",
     "give --ca, or --issuer and --dialect for a CA of your own"},
    {"id_and_another_directory",
     {{"ca", "letsencrypt"}, {"directory", "https://dv.acme-v02.api.pki.goog/directory"}},
     "the CA letsencrypt contradicts the directory \"https://dv.acme-v02.api.pki.goog/directory\", "
     "which is that of google",
     "give one of the two"},
    {"id_and_another_server",
     {{"ca", "letsencrypt"}, {"server", "https://acme-staging-v02.api.letsencrypt.org/directory"}},
     "the CA letsencrypt contradicts the directory "
     "\"https://acme-staging-v02.api.letsencrypt.org/directory\", which is that of "
     "letsencrypt-staging",
     "give one of the two"},
    {"id_and_an_account_elsewhere",
     {{"ca", "letsencrypt"}, staging_account},
     "the CA letsencrypt contradicts the account "
     "\"https://acme-staging-v02.api.letsencrypt.org/acme/acct/7\", which is one of "
     "letsencrypt-staging",
     "give an account of this CA, or leave out the CA: the account tells it"},
    {"directory_and_an_account_elsewhere",
     {{"directory", "https://dv.acme-v02.api.pki.goog/directory"}, staging_account},
     "the CA google contradicts the account "
     "\"https://acme-staging-v02.api.letsencrypt.org/acme/acct/7\", which is one of "
     "letsencrypt-staging",
     "give an account of this CA, or leave out the CA: the account tells it"},
    {"profile_without_issuer",
     {{"ca", "strict-01"}},
     "the issuer-domain-name of strict-01 is not known",
     "give it with --issuer"},
    {"no_prefix",
     {{"ca", "letsencrypt"}, {"dialect", "02"}},
     "dialect 02 needs the CA's accountHashPrefix",
     "give it with --account-hash-prefix"},
};

class NoSelections : public ::testing::TestWithParam<NoSelection> {};

TEST_P(NoSelections, SayWhatIsMissing) {
  const auto options = read(GetParam().given);
  ASSERT_TRUE(options) << options.error().message;
  const auto profile = make_profile(*options);
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().message, GetParam().message);
  EXPECT_EQ(profile.error().hint, GetParam().hint);
}

INSTANTIATE_TEST_SUITE_P(Table, NoSelections, ::testing::ValuesIn(no_selections),
                         [](const auto& row) { return row.param.name; });

// ---- values

struct Refused {
  std::string name;
  std::vector<Given> given;
  std::string message;
  friend void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }
};

std::vector<Given> issuers(int count) {
  std::vector<Given> given;
  for (int i = 0; i < count; ++i) given.push_back({"issuer", fmt::format("ca{}.example", i)});
  return given;
}

const Refused refused[] = {
    {"ca",
     {{"ca", "lets\x1b"}},
     "--ca: unknown CA \"lets\\x1b\" (known: letsencrypt, letsencrypt-staging, google, pebble, "
     "strict-01, strict-02, br-only)"},
    {"directory_without_tls",
     {{"directory", "http://ca.example/dir"}},
     "--directory: \"http://ca.example/dir\" is no https:// URL"},
    {"server_without_tls",
     {{"server", "http://ca.example/dir"}},
     "--server: \"http://ca.example/dir\" is no https:// URL"},
    {"dialect", {{"dialect", "2"}}, "--dialect: \"2\" is no dialect (00, 01 or 02)"},
    {"issuer",
     {{"issuer", "https://ca.example"}},
     "--issuer: \"https://ca.example\" is no domain name: it has a character that no host name may "
     "have (octet 6)"},
    {"eleven_issuers", issuers(11), "--issuer: more than 10 issuers"},
    {"account_url_is_empty", {{"account-url", ""}}, "--account-url: \"\" is no absolute URL"},
    {"account_url_is_relative",
     {{"account-url", "/acme/acct/1"}},
     "--account-url: \"/acme/acct/1\" is no absolute URL"},
    {"account_url_injects",
     {{"account-url", "https://ca.example/1;policy=wildcard"}},
     "--account-url: \"https://ca.example/1;policy=wildcard\" is no absolute URL"},
    {"account_url_with_a_space",
     {{"account-url", "https://ca.example/1 2"}},
     "--account-url: \"https://ca.example/1 2\" is no absolute URL"},
    {"account_url_not_ascii",
     {{"account-url", "https://ca.example/\xc3\xa9"}},
     "--account-url: \"https://ca.example/\xc3\xa9\" is no absolute URL"},
    {"thumbprint_is_hex",
     {{"thumbprint", std::string(64, 'a')}},
     "--thumbprint: \"" + std::string(64, 'a') +
         "\" is no thumbprint (43 characters of base64url)"},
    {"thumbprint_padded",
     {{"thumbprint", std::string(42, 'a') + "="}},
     "--thumbprint: \"" + std::string(42, 'a') +
         "=\" is no thumbprint (43 characters of base64url)"},
    {"hash_alg",
     {{"hash-alg", "sha256"}},
     "--hash-alg: \"sha256\" is not sha-256, sha-384 or sha-512"},
    {"D45_resolver_name",
     {{"resolver", "dns.example"}},
     "--resolver: \"dns.example\" is no ADDRESS[:PORT]"},
    {"D45_resolver_empty", {{"resolver", ""}}, "--resolver: \"\" is no ADDRESS[:PORT]"},
    {"D45_resolver_port_0",
     {{"resolver", "127.0.0.1:0"}},
     "--resolver: \"127.0.0.1:0\" is no ADDRESS[:PORT]"},
    {"now",
     {{"now", "yesterday"}},
     "--now: \"yesterday\" is neither Unix seconds nor an RFC 3339 time"},
    {"directory_and_server",
     {{"directory", "https://ca.example/dir"}, {"server", "https://b.example/dir"}},
     "--directory and --server contradict each other"},
    {"warn_before_is_no_time",
     {{"warn-before", "30y"}},
     "--warn-before: \"30y\" is no duration from 0s to 3650d (90s, 15m, 30d)"},
    {"warn_before_without_unit",
     {{"warn-before", "30"}},
     "--warn-before: \"30\" has no unit: write 30d for days, or s, m, h, w"},
    {"warn_before_too_long",
     {{"warn-before", "3651d"}},
     "--warn-before: \"3651d\" is no duration from 0s to 3650d (90s, 15m, 30d)"},
};

class RefusedValues : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedValues, SayWhatWasExpected) {
  const auto options = read(GetParam().given);
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Table, RefusedValues, ::testing::ValuesIn(refused),
                         [](const auto& row) { return row.param.name; });

TEST(CommonOptions, KeepTheRest) {
  const std::string thumbprint(43, 'a');
  const auto options = read({{"thumbprint", thumbprint},
                             {"resolver", "[::1]:5353"},
                             {"resolver", "192.0.2.1"},
                             {"now", "2027-01-01T00:00:00Z"},
                             {"warn-before", "10d"}});
  ASSERT_TRUE(options) << options.error().message;
  EXPECT_EQ(options->thumbprints, std::vector<std::string>{thumbprint});
  EXPECT_EQ(options->resolvers, (std::vector{*dns::parse_server_address("[::1]:5353"),
                                             *dns::parse_server_address("192.0.2.1")}));
  EXPECT_EQ(options->now, UnixTime{1'798'761'600});
  EXPECT_EQ(options->warn_before, std::chrono::hours{240});
}

// ---- resolvers

struct Servers {
  std::string name;
  std::vector<Given> given;
  std::optional<std::string> resolv_conf;
  std::string want;  ///< addresses, or the error
  friend void PrintTo(const Servers& row, std::ostream* out) { *out << row.name; }
};

constexpr std::string_view none =
    "no usable resolver: /etc/resolv.conf has no nameserver line; give one with --resolver";

const Servers servers[] = {
    {"of_the_system", {}, "nameserver 192.0.2.1\nnameserver ::1\n", "192.0.2.1 ::1"},
    {"given_ones_alone",
     {{"resolver", "127.0.0.1:5353"}},
     "nameserver 192.0.2.1\n",
     "127.0.0.1:5353"},
    {"D45_no_file", {}, {}, std::string(none)},
    {"D45_empty_file", {}, "", std::string(none)},
    {"D45_no_address_in_it",
     {},
     "search example\nnameserver dns.example\nnameserver\n",
     std::string(none)},
    {"D45_given_and_no_file", {{"resolver", "::1"}}, {}, "::1"},
    {"E04_other_lines_are_ignored",
     {},
     "options timeout:0\nsearch a.example\nnameserver 192.0.2.1\n",
     "192.0.2.1"},
};

class FindResolvers : public ::testing::TestWithParam<Servers> {};

TEST_P(FindResolvers, TakesThemFromTheRightPlace) {
  const auto options = read(GetParam().given);
  ASSERT_TRUE(options) << options.error().message;
  testing::FakeEnvironment fake;
  fake.files.clear();
  if (GetParam().resolv_conf) fake.files["/etc/resolv.conf"] = *GetParam().resolv_conf;
  report::StringSink sink;
  const auto found = find_resolvers(*options, fake.make(sink, sink));
  std::string got;
  if (!found) got = found.error().message + "; " + found.error().hint;
  if (found) {
    for (const dns::ServerAddress& server : *found)
      got += (got.empty() ? "" : " ") + dns::to_text(server);
  }
  EXPECT_EQ(got, GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, FindResolvers, ::testing::ValuesIn(servers),
                         [](const auto& row) { return row.param.name; });

TEST(FindResolvers, D45_TheFileCannotBeRead) {
  testing::FakeEnvironment fake;
  fake.unreadable["/etc/resolv.conf"] = "/etc/resolv.conf: Permission denied";
  report::StringSink sink;
  const auto found = find_resolvers({}, fake.make(sink, sink));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().message, "/etc/resolv.conf: Permission denied");
}

}  // namespace
}  // namespace persist::app
