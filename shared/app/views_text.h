#pragma once

#include <string>

#include "survey/subject.h"

namespace persist::app {

/// `ns1.example.com (192.0.2.1): no TXT record ...`; one line, text from outside escaped.
std::string view_text(const survey::Subject& subject, const survey::View& view);

/// Who has the view: `ns1.example.com (192.0.2.1)`.
std::string viewer_text(const survey::View& view);
/// What a view says, or why it says nothing.
std::string view_message(const survey::Subject& subject, const survey::View& view);

/// Why views together are no verdict; empty if they are one, or if there are none.
std::string views_message(const survey::Subject& subject);

}  // namespace persist::app
