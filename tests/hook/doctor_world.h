#pragma once

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "hook/hook.h"
#include "hook_runs.h"
#include "support/temporary_folder.h"

namespace persist::hook {

/// A host to look at: a made root with persist-hook in its usual place.
class DoctorWorld {
 public:
  using Texts = std::vector<std::string>;

  DoctorWorld() { program("usr/bin/persist-hook"); }

  testing::TemporaryFolder root;

  void program(const std::string& name, const std::string& text =
                                            "\x7F"
                                            "ELF") const {
    root.write(name, text);
    root.set_mode(name, 0755);
  }

  /// A certificate of certbot, answered by hand; `lines` stand in `[renewalparams]`.
  void lineage(const std::string& name, const std::string& lines) const {
    root.write("etc/letsencrypt/renewal/" + name + ".conf",
               "version = 2.1.0\n[renewalparams]\nauthenticator = manual\n" + lines);
    certificate("etc/letsencrypt", name);
  }

  void certificate(const std::string& home, const std::string& name) const {
    root.write(home + "/live/" + name + "/cert.pem",
               testing::read_file(testing::testdata_folder() / "clients/pem/one_name.crt"));
  }

  /// A certificate of acme.sh; a command as acme.sh keeps it.
  void acme_sh(const std::string& name, const std::string& lines) const {
    root.write("root/.acme.sh/" + name + "/" + name + ".conf",
               "Le_Domain='" + name + "'\nLe_Webroot='dns_persist'\n" + lines);
  }

  testing::ProgramRun run_doctor(const Texts& more = {}) const {
    testing::FakeEnvironment fake;
    testing::ProgramRun got = fake.run(run, Texts{"doctor", "--root", root.path()} + more);
    EXPECT_THAT(fake.resolver.asked(), ::testing::IsEmpty());
    EXPECT_THAT(fake.ran, ::testing::IsEmpty());
    return {.status = got.status, .out = in_words(got.out), .err = in_words(got.err)};
  }

  nlohmann::json document() const {
    return nlohmann::json::parse(run_doctor({"--format", "json"}).out);
  }

  /// `error hook-gone /etc/crontab:1` of each finding but those about programs.
  Texts findings() const {
    Texts texts;
    const nlohmann::json all = document();
    for (const auto& finding : all["findings"]) {
      const std::string id = finding["id"];
      if (id == "no-native-method" || id == "version-not-known") continue;
      texts.push_back(finding["level"].get<std::string>() + " " + id + place_of(finding));
    }
    return texts;
  }

  /// `certbot holds /etc/crontab:1` of each call.
  Texts calls() const {
    Texts texts;
    const nlohmann::json all = document();
    for (const auto& call : all["calls"]) {
      const std::string client = call["client"].is_null() ? "-" : call["client"];
      texts.push_back(client + " " + call["standing"].get<std::string>() + place_of(call));
    }
    return texts;
  }

 private:
  static std::string place_of(const nlohmann::json& item) {
    if (item["file"].is_null()) return "";
    std::string text = " " + item["file"].get<std::string>();
    if (!item["line"].is_null()) text += ":" + std::to_string(item["line"].get<int>());
    return text;
  }

  std::string in_words(const std::string& text) const {
    std::string words;
    std::size_t from = 0;
    for (auto at = text.find(root.path()); at != std::string::npos;
         at = text.find(root.path(), from)) {
      words.append(text, from, at - from);
      from = at + root.path().size();
    }
    return words.append(text, from, std::string::npos);
  }
};

/// A host, and all that is found on it.
struct DoctorCase {
  std::string name;
  void (*arrange)(const DoctorWorld&);
  int status;
  std::vector<std::string> findings{};
  std::vector<std::string> calls{};
  friend void PrintTo(const DoctorCase& row, std::ostream* out) { *out << row.name; }
};

inline void expect_examination(const DoctorCase& row) {
  const DoctorWorld world;
  row.arrange(world);
  EXPECT_EQ(world.findings(), row.findings);
  EXPECT_EQ(world.calls(), row.calls);
  EXPECT_EQ(world.run_doctor().status, row.status);
}

}  // namespace persist::hook
