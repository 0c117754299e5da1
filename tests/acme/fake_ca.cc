#include "acme/fake_ca.h"

#include "base/base64url.h"

namespace persist::acme {
namespace {

const std::string base = "https://ca.example/acme/";

std::string decode(const Json& member) {
  const auto octets = from_base64url(member.get<std::string>()).value();
  return {octets.begin(), octets.end()};
}

std::string step_of(const std::string& url) {
  if (url == "https://ca.example/directory") return "directory";
  if (url == base + "new-nonce") return "nonce";
  if (url == base + "new-account") return "new_account";
  return url == account_url ? "account" : "";
}

}  // namespace

std::string problem_json(const std::string& error, const std::string& detail) {
  return Json{{"type", "urn:ietf:params:acme:error:" + error}, {"detail", detail}}.dump();
}

std::string FakeCa::new_nonce() {
  const std::string nonce = "nonce-" + std::to_string(++nonces_);
  open_nonces_.insert(nonce);
  return nonce;
}

HttpResponse FakeCa::answer(const HttpRequest& request) {
  const std::string step = step_of(request.url);
  HttpResponse response = answer_step(step, request);
  if (step == fault_step && fault_times > 0) {
    --fault_times;
    fault(response);
  }
  return response;
}

HttpResponse FakeCa::answer_step(const std::string& step, const HttpRequest& request) {
  if (step == "directory" && request.method == HttpMethod::get) {
    return {.status = 200, .body = directory_json().dump()};
  }
  if (step == "nonce" && request.method == HttpMethod::head) {
    return {.status = 200, .headers = {{"replay-nonce", new_nonce()}}};
  }
  if (!step.empty() && request.method == HttpMethod::post) return answer_signed(step, request);
  complaints.push_back("unexpected request to " + request.url);
  return {.status = 404};
}

SeenJws FakeCa::take_apart(const HttpRequest& request) {
  const Json jws = Json::parse(request.body);
  const std::string signed_text =
      jws["protected"].get<std::string>() + "." + jws["payload"].get<std::string>();
  if (jws["signature"] != to_base64url(key_.sign(signed_text).value())) {
    complaints.emplace_back("wrong signature");
  }
  SeenJws seen_jws{.url = request.url,
                   .header = Json::parse(decode(jws["protected"])),
                   .payload = decode(jws["payload"])};
  if (seen_jws.header["url"] != request.url) complaints.emplace_back("url is not the request's");
  if (seen_jws.header["alg"] != key_.algorithm()) complaints.emplace_back("wrong alg");
  if (seen_jws.header.size() != 4) complaints.emplace_back("header of other members");
  if (request.content_type != "application/jose+json") complaints.emplace_back("content type");
  return seen_jws;
}

HttpResponse FakeCa::answer_signed(const std::string& step, const HttpRequest& request) {
  seen.push_back(take_apart(request));
  const SeenJws& jws = seen.back();
  HttpResponse response{.status = 400, .body = problem_json("badNonce", "JWS has no valid nonce")};
  if (open_nonces_.erase(jws.header["nonce"].get<std::string>()) == 1) {
    if (step == "new_account") {
      response = answer_new_account(jws);
    } else {
      if (jws.header["kid"] != account_url) complaints.emplace_back("wrong kid");
      if (!jws.payload.empty()) complaints.emplace_back("POST-as-GET with a payload");
      response = {.status = 200, .body = Json{{"status", account_status}}.dump()};
    }
  }
  response.headers.push_back({"Replay-Nonce", new_nonce()});
  return response;
}

HttpResponse FakeCa::answer_new_account(const SeenJws& jws) {
  if (jws.header["jwk"] != Json::parse(key_.public_jwk())) complaints.emplace_back("wrong jwk");
  if (jws.payload != R"({"onlyReturnExisting":true})") {
    ++accounts_created;
    return {.status = 201, .headers = {{"Location", account_url}}};
  }
  if (!has_account) {
    return {.status = 400, .body = problem_json("accountDoesNotExist", "no such account")};
  }
  return {.status = 200,
          .headers = {{"Location", account_url}},
          .body = Json{{"status", new_account_status}}.dump()};
}

}  // namespace persist::acme
