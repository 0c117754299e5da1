// S10: dehydrated's configuration is read as text; what only a shell could tell is not known.
#include "clients/dehydrated_settings.h"

#include <gtest/gtest.h>

#include <map>
#include <ostream>

#include "clients/client_readers.h"
#include "support/temporary_folder.h"

namespace persist::clients {
namespace {

using persist::testing::TemporaryFolder;

using Files = std::map<std::string, std::string>;

struct Case {
  std::string name;
  Files files;       ///< below another root
  std::string want;  ///< `directory base`, `-` for what is not known; then the faults
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

const std::string config = "etc/dehydrated/config";
const std::string production = "https://acme-v02.api.letsencrypt.org/directory";
const std::string staging = "https://acme-staging-v02.api.letsencrypt.org/directory";
const std::string home = " /etc/dehydrated\n";

/// The configuration that Debian 12 installs.
const std::string debian =
    "#############################################################\n"
    "# This is the main config file for dehydrated               #\n"
    "CONFIG_D=/etc/dehydrated/conf.d\n"
    "BASEDIR=/var/lib/dehydrated\n"
    "WELLKNOWN=\"${BASEDIR}/acme-challenges\"\n"
    "DOMAINS_TXT=\"/etc/dehydrated/domains.txt\"\n";

const Case cases[] = {
    {"nothing", {}, "none"},
    {"empty_but_for_comments", {{config, "# CA=x\n"}}, production + home},
    {"as_debian_has_it", {{config, debian}}, production + " /var/lib/dehydrated\n"},
    {"url",
     {{config, "CA=\"https://acme.test:14000/dir\"\n"}},
     "https://acme.test:14000/dir" + home},
    {"preset", {{config, "CA=letsencrypt-test\n"}}, staging + home},
    {"preset_of_google",
     {{config, "CA=google\n"}},
     "https://dv.acme-v02.api.pki.goog/directory" + home},
    {"last_one_counts", {{config, "CA=zerossl\nCA=letsencrypt\n"}}, production + home},
    {"folder_of_more",
     {{config, debian},
      {"etc/dehydrated/conf.d/10-ca.sh", "CA=zerossl\n"},
      {"etc/dehydrated/conf.d/20-ca.sh", "CA=letsencrypt-test\n"},
      {"etc/dehydrated/conf.d/.30-ca.sh", "CA=buypass\n"},
      {"etc/dehydrated/conf.d/40-ca.sh.dpkg-dist", "CA=buypass\n"}},
     staging + " /var/lib/dehydrated\n"},
    {"base_with_a_slash", {{config, "BASEDIR=/srv/d/\n"}}, production + " /srv/d\n"},

    {"ca_of_a_variable",
     {{config, "CA=$MY_CA\n"}},
     "-" + home + config + ": makes CA of variables, which only a shell could read\n"},
    {"base_of_a_variable",
     {{config, "BASEDIR=$SCRIPTDIR\n"}},
     production + " -\n" + config +
         ": makes BASEDIR of variables, which only a shell could read\n"},
    {"base_relative",
     {{config, "BASEDIR=.\n"}},
     production + " -\n" + config + ": sets BASEDIR to \".\", which is no absolute path\n"},
    {"commands",
     {{config, "CA=letsencrypt\nif true; then CA=zerossl; fi\n"}},
     "- -\n" + config + ": line 2 is more than an assignment, which only a shell could read\n"},
    {"commands_in_the_folder",
     {{config, debian}, {"etc/dehydrated/conf.d/10.sh", ". /tmp/x\n"}},
     "- -\netc/dehydrated/conf.d/10.sh: line 1 is more than an assignment, which only a shell "
     "could "
     "read\n"},
    {"folder_of_more_relative",
     {{config, "CONFIG_D=conf.d\n"}},
     "- -\n" + config + ": sets CONFIG_D to \"conf.d\", which is no absolute path\n"},
    {"folder_of_more_of_a_variable",
     {{config, "CONFIG_D=$BASEDIR/conf.d\n"}},
     "- -\n" + config + ": makes CONFIG_D of variables, which only a shell could read\n"},
    {"no_url",
     {{config, "CA=lets\n"}},
     "-" + home + config + ": sets CA to \"lets\", which is neither a known name nor a URL\n"},
    {"url_with_a_parameter",
     {{config, "CA='https://ca.example/; policy=wildcard'\n"}},
     "-" + home + config +
         ": sets CA to \"https://ca.example/; policy=wildcard\", which is neither a known name nor "
         "a "
         "URL\n"},
    {"other_folders",
     {{config, "ACCOUNTDIR=/srv/a\nCERTDIR=/srv/c\n"}},
     production + home + config + ": sets ACCOUNTDIR, which is not followed\n" + config +
         ": sets CERTDIR, which is not followed\n"},
};

std::string outcome(const TemporaryFolder& root) {
  const auto settings =
      read_dehydrated_settings(*FileTree::open(root.path()), "/etc/dehydrated/config");
  if (!settings) return "none";
  std::string text =
      settings->directory.value_or("-") + " " + settings->base_folder.value_or("-") + "\n";
  for (const FileFault& fault : settings->faults) {
    text += fault.path.substr(root.path().size() + 1) + ": " + fault.why + "\n";
  }
  return text;
}

class DehydratedConfig : public ::testing::TestWithParam<Case> {};

TEST_P(DehydratedConfig, S10_TellsCaAndFolder) {
  const TemporaryFolder root;
  for (const auto& [path, text] : GetParam().files) root.write(path, text);
  EXPECT_EQ(outcome(root), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Table, DehydratedConfig, ::testing::ValuesIn(cases),
                         [](const auto& row) { return row.param.name; });

/// `directory: names` of each account that the sample holds with this configuration.
std::string names_with(const std::string& settings) {
  const TemporaryFolder root;
  root.copy_sample("dehydrated");
  root.link("var/lib/dehydrated/certs/example-all/cert.pem", "cert-1795308681.pem");
  root.write(config, settings);
  std::string text;
  for (const ClientAccount& account :
       read_client(*find_client_reader("dehydrated"), *FileTree::open(root.path())).accounts) {
    text += account.directory.value_or("-") + ":";
    for (const record::Identifier& name : account.names) text += " " + name.text();
    text += account.names_are_shared ? " (shared)\n" : "\n";
  }
  return text;
}

TEST(Dehydrated, NamesAreOfTheActiveCa) {
  const std::string base = "BASEDIR=/var/lib/dehydrated\n";
  const std::string names = " example.com *.example.com www.example.net";
  EXPECT_EQ(names_with(base + "CA=https://acme.test/dir\n"),
            "https://acme.test:14000/dir:\nhttps://acme.test/dir:" + names + "\n");
  EXPECT_EQ(names_with(base + "CA=\"https://acme.test:14000/dir\"\n"),
            "https://acme.test:14000/dir:" + names + "\nhttps://acme.test/dir:\n");
  EXPECT_EQ(names_with(base + "CA=zerossl\n"),
            "https://acme.test:14000/dir:\nhttps://acme.test/dir:\n");
  EXPECT_EQ(names_with(base + "CA=$CA_OF_MINE\n"), "https://acme.test:14000/dir:" + names +
                                                       " (shared)\nhttps://acme.test/dir:" + names +
                                                       " (shared)\n");
}

TEST(Dehydrated, AFolderToWhichTwoPathsLeadIsReadOnce) {
  const TemporaryFolder root;
  root.copy_sample("dehydrated");
  root.write(config, "BASEDIR=/var/lib/dehydrated\nCERTDIR=\n");
  root.write("usr/local/etc/dehydrated/config", "BASEDIR=/var/lib/dehydrated\n");
  const ClientFindings found =
      read_client(*find_client_reader("dehydrated"), *FileTree::open(root.path()));
  EXPECT_EQ(found.accounts.size(), 2U);
}

}  // namespace
}  // namespace persist::clients
