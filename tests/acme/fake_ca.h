#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "acme/account_key.h"
#include "acme/documents.h"
#include "acme/http_client.h"

namespace persist::acme {

/// A request as the CA took it apart.
struct SeenJws {
  std::string url;
  Json header;
  std::string payload;
};

/// An ACME server as far as a look-up of an account needs one: nonces are used once, signatures are
/// checked (by signing again: Ed25519 gives the same one), accounts that it was made to create are
/// counted. A fault changes its answers at one step.
class FakeCa {
 public:
  explicit FakeCa(const AccountKey& key) : key_(key) {}

  HttpResponse answer(const HttpRequest& request);

  bool has_account = true;
  std::string new_account_status = "valid";
  std::string account_status = "valid";
  std::string fault_step;  ///< directory, nonce, new_account, account
  int fault_times = 1000;
  std::function<void(HttpResponse&)> fault;

  int accounts_created = 0;
  std::vector<SeenJws> seen;
  std::vector<std::string> complaints;  ///< of requests that no client should send

 private:
  HttpResponse answer_step(const std::string& step, const HttpRequest& request);
  HttpResponse answer_new_account(const SeenJws& jws);
  HttpResponse answer_signed(const std::string& step, const HttpRequest& request);
  SeenJws take_apart(const HttpRequest& request);
  std::string new_nonce();

  const AccountKey& key_;
  std::set<std::string> open_nonces_;
  int nonces_ = 0;
};

/// A problem document with this ACME error.
std::string problem_json(const std::string& error, const std::string& detail);

}  // namespace persist::acme
