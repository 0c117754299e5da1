#include "acme/account_request.h"

#include <fmt/format.h>

#include <utility>

#include "acme/acme_exchange.h"
#include "acme/https_url.h"
#include "acme/json_value.h"
#include "acme/signed_request.h"
#include "base/escape.h"

namespace persist::acme {
namespace {

using Code = FetchErrorCode;
using record::AccountStatus;

constexpr std::size_t longest_account_url = 2048;

std::string_view to_text(AccountStatus status) {
  switch (status) {
    case AccountStatus::valid:
      return "valid";
    case AccountStatus::deactivated:
      return "deactivated";
    case AccountStatus::revoked:
      return "revoked";
  }
  return "";
}

/// Of an account object. Source: RFC 8555 section 7.1.2.
Expected<AccountStatus, FetchError> read_status(const std::string& url,
                                                const HttpResponse& response) {
  FetchError error{.code = Code::bad_content, .url = url, .status = response.status};
  const auto account = parse_document(response.body);
  const auto text = account ? read_text(*account, "status")
                            : Expected<std::string, ProtocolError>(Unexpected(account.error()));
  if (!text) {
    error.content = text.error();
    return Unexpected(std::move(error));
  }
  for (const auto status :
       {AccountStatus::valid, AccountStatus::deactivated, AccountStatus::revoked}) {
    if (*text == to_text(status)) return status;
  }
  error.code = Code::unknown_status;
  error.text = *text;
  return Unexpected(std::move(error));
}

Expected<std::string, FetchError> read_location(const std::string& url,
                                                const HttpResponse& response,
                                                const std::string& directory_url) {
  FetchError error{.code = Code::location_missing, .url = url, .status = response.status};
  const std::string* const location = response.find("Location");
  if (location == nullptr) return Unexpected(std::move(error));
  error.code = Code::location_malformed;
  error.text = *location;
  if (location->size() > longest_account_url || !is_https_url(*location)) {
    return Unexpected(std::move(error));
  }
  error.code = Code::location_elsewhere;
  if (origin_of(*location) != origin_of(directory_url)) return Unexpected(std::move(error));
  return *location;
}

/// One look-up: what its steps share.
class LookUp {
 public:
  LookUp(AcmeExchange& exchange, const AccountKey& key, const std::string& directory_url)
      : exchange_(exchange),
        key_(key),
        answer_{.outcome = AccountOutcome::found,
                .directory_url = directory_url,
                .thumbprint = key.thumbprint()} {}

  Expected<AccountAnswer, FetchError> run() {
    const auto directory = exchange_.fetch_directory(answer_.directory_url);
    if (!directory) return Unexpected(directory.error());
    const std::string& url = directory->new_account;
    const auto response = exchange_.post(url, directory->new_nonce, [&](const std::string& nonce) {
      return which_account_body(key_, {.url = url, .nonce = nonce});
    });
    if (!response) return Unexpected(response.error());
    if (response->status != 200) return judge_refusal(url, *response);
    auto account_url = read_location(url, *response, answer_.directory_url);
    if (!account_url) return Unexpected(account_url.error());
    answer_.account_url = *std::move(account_url);
    // A closed account cannot sign the next request.
    const auto status = read_status(url, *response);
    if (status && *status != AccountStatus::valid) return with(*status);
    return ask_account(directory->new_nonce);
  }

 private:
  Expected<AccountAnswer, FetchError> ask_account(const std::string& new_nonce_url) {
    const std::string& url = answer_.account_url;
    const auto response = exchange_.post(url, new_nonce_url, [&](const std::string& nonce) {
      return post_as_get_body(key_, {.url = url, .nonce = nonce}, url);
    });
    if (!response) return Unexpected(response.error());
    if (response->status != 200) return judge_refusal(url, *response);
    const auto status = read_status(url, *response);
    if (!status) return Unexpected(status.error());
    return with(*status);
  }

  Expected<AccountAnswer, FetchError> judge_refusal(const std::string& url,
                                                    const HttpResponse& response) {
    FetchError error = unexpected(url, response);
    if (response.status == 201) error.code = Code::account_created;
    if (!error.problem) return Unexpected(std::move(error));
    if (is_acme_error(*error.problem, "accountDoesNotExist")) {
      answer_.outcome = AccountOutcome::does_not_exist;
    } else if (is_acme_error(*error.problem, "unauthorized")) {
      answer_.outcome = AccountOutcome::not_usable;
    } else {
      return Unexpected(std::move(error));
    }
    answer_.problem = std::move(error.problem);
    return answer_;
  }

  AccountAnswer with(AccountStatus status) {
    answer_.status = status;
    return answer_;
  }

  AcmeExchange& exchange_;
  const AccountKey& key_;
  AccountAnswer answer_;
};

}  // namespace

bool is_usable(const AccountAnswer& answer) {
  return answer.outcome == AccountOutcome::found && answer.status == AccountStatus::valid;
}

std::string explain(const AccountAnswer& answer) {
  const std::string directory = escape(answer.directory_url);
  switch (answer.outcome) {
    case AccountOutcome::found:
      return fmt::format("the account {} is {}", escape(answer.account_url),
                         answer.status ? to_text(*answer.status) : "");
    case AccountOutcome::does_not_exist:
      return fmt::format("no account at {} has the key with the thumbprint {}", directory,
                         answer.thumbprint);
    case AccountOutcome::not_usable:
      return fmt::format(
          "{} refuses the account of the key with the thumbprint {}, as it does when one is "
          "deactivated or revoked: {}",
          directory, answer.thumbprint, answer.problem ? explain(*answer.problem) : "");
  }
  return "";
}

Expected<AccountAnswer, FetchError> look_up_account(HttpClient& http, Timer& timer,
                                                    const AccountKey& key,
                                                    const AccountQuestion& question) {
  if (!is_https_url(question.directory_url)) {
    return Unexpected(FetchError{
        .code = Code::no_answer,
        .url = question.directory_url,
        .transport = HttpError{.code = HttpErrorCode::bad_url, .url = question.directory_url}});
  }
  AcmeExchange exchange(http, timer, question.deadline);
  return LookUp(exchange, key, question.directory_url).run();
}

std::optional<std::string> find_origin_mismatch(std::string_view account_url,
                                                std::string_view directory_url) {
  if (!is_https_url(account_url) || !is_https_url(directory_url)) return "one is no https:// URL";
  const std::string account = origin_of(account_url);
  const std::string directory = origin_of(directory_url);
  if (account == directory) return {};
  return fmt::format("the account is at {}, the directory at {}", escape(account),
                     escape(directory));
}

}  // namespace persist::acme
