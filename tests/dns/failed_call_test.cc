#include "dns/failed_call.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <clocale>

namespace persist::dns {
namespace {

TEST(FailedCall, F10_TellsOurSystemFromTheNetwork) {
  for (const int error : {EMFILE, ENFILE, ENOBUFS, ENOMEM, EPERM, EACCES}) {
    EXPECT_TRUE((FailedCall{"socket", error}.is_local())) << error;
  }
  for (const int error : {0, ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ETIMEDOUT, ECONNRESET}) {
    EXPECT_FALSE((FailedCall{"recv", error}.is_local())) << error;
  }
}

TEST(FailedCall, F08_KnowsALackOfDescriptors) {
  EXPECT_TRUE((FailedCall{"socket", EMFILE}.lacks_descriptors()));
  EXPECT_FALSE((FailedCall{"socket", ENOMEM}.lacks_descriptors()));
}

TEST(FailedCall, E07_SaysTheSameInEveryLocale) {
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  EXPECT_EQ((FailedCall{"socket", EMFILE}.to_text()), "socket: Too many open files");
  EXPECT_EQ((FailedCall{"recv", 0}.to_text()), "connection closed");
  EXPECT_EQ((FailedCall{"recv", 123456}.to_text()), "recv: unknown error");
}

}  // namespace
}  // namespace persist::dns
