#pragma once

#include "rules/rule.h"

namespace persist::rules {

/// Makes the CA of an example one of dialect 02: accountHashPrefix
/// https://ca.example/account-hash/, account https://ca.example/acct/123 with the key of RFC 7638
/// section 3.1.
void use_dialect_02(Subject& subject);

/// The same; the account had another key before.
void use_dialect_02_with_two_keys(Subject& subject);

/// Makes the CA Let's Encrypt, with the production account 1234567890.
void use_lets_encrypt(Subject& subject);

/// Puts the name on a list with its account, and nothing said beside that.
void list_plain_name(Subject& subject);

/// Makes the identifier `*.example.com`.
void ask_for_wildcard(Subject& subject);

/// The accounts as a subject points to them; kept until the program ends, as examples are few.
std::span<const survey::Permitted> permit(std::vector<survey::Permitted> accounts);

}  // namespace persist::rules
