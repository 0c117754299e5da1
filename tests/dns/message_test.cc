#include "dns/message.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <ostream>
#include <string>

#include "base/escape.h"
#include "dns/octets.h"

namespace persist::dns {
namespace {

std::string to_text(const Message& message) {
  std::string text = dns::to_text(message.rcode);
  if (message.authoritative) text += " AA";
  if (message.authenticated) text += " AD";
  if (message.recursion_available) text += " RA";
  for (const Name& target : message.chain) text += " via " + target.to_text();
  for (const ResourceRecord& record : message.rrset) {
    text += fmt::format(" [{} {} {} {}]", record.owner.to_text(), record.ttl.count(),
                        dns::to_text(record.type), escape(record.rdata));
  }
  if (message.ttl != std::chrono::seconds::max())
    text += fmt::format(" ttl {}", message.ttl.count());
  if (message.is_negative) text += " negative";
  if (message.is_referral) text += " referral";
  if (message.extended_error) {
    text += fmt::format(" EDE {} {}", message.extended_error->code,
                        quote(message.extended_error->text));
  }
  return text;
}

std::string to_text(const Reading& reading) {
  switch (reading.kind) {
    case Reading::Kind::not_ours:
      return "not ours";
    case Reading::Kind::malformed:
      return fmt::format("malformed: {}", reading.fault);
    case Reading::Kind::truncated:
      return "truncated";
    case Reading::Kind::complete:
      break;
  }
  return to_text(reading.message);
}

const Question txt_question{*Name::parse("a.example"), RrType::txt};

struct Case {
  std::string name;
  std::string octets;  ///< in the notation of octets_of
  std::string want;
  Question question = txt_question;
  friend void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }
};

// Flags 8180: QR, RD, RA. The question is at offset 0c, the first record at 1b.
const std::string question_section = "<a.example> 0010 0001";
const std::string one_answer = "1234 8180 0001 0001 0000 0000" + question_section;
const std::string good_record = "c00c 0010 0001 0000012c 0002 01'x'";
const std::string good = "[a.example 300 TXT \\x01x]";
const std::string broken_answer = "malformed: a record of the answer is broken or missing";
const std::string broken_rest = "malformed: a record after the answer is broken or missing";

std::string message(const std::string& flags_and_counts, const std::string& records) {
  return "1234" + flags_and_counts + question_section + records;
}

const Case answers[] = {
    {"answer", one_answer + good_record, "NOERROR RA " + good + " ttl 300"},
    {"flags_aa_and_ad", message("84a0 0001 0001 0000 0000", good_record),
     "NOERROR AA AD RA " + good + " ttl 300"},
    {"D42_letter_case",
     "1234 8180 0001 0001 0000 0000 01'A'07'eXample'00 0010 0001"
     "01'a'07'EXAMPLE'00 0010 0001 0000012c 0002 01'X'",
     "NOERROR RA [a.example 300 TXT \\x01X] ttl 300"},
    {"two_records_smaller_ttl_counts",
     message("8180 0001 0002 0000 0000", good_record + "c00c 0010 0001 0000003c 0002 01'y'"),
     "NOERROR RA " + good + " [a.example 60 TXT \\x01y] ttl 60"},
    {"D26_no_string_beside_a_good_record",
     message("8180 0001 0002 0000 0000", good_record + "c00c 0010 0001 0000012c 0000"),
     "NOERROR RA " + good + " [a.example 300 TXT ] ttl 300"},
    {"D25_trailing_octets", one_answer + good_record + "deadbeefff",
     "NOERROR RA " + good + " ttl 300"},
    {"D25_trailing_zeros", one_answer + good_record + "0000000000000000000000",
     "NOERROR RA " + good + " ttl 300"},
    {"D41_largest_ttl", one_answer + "c00c 0010 0001 7fffffff 0002 01'x'",
     "NOERROR RA [a.example 2147483647 TXT \\x01x] ttl 2147483647"},
    {"D41_ttl_of_2_to_31", one_answer + "c00c 0010 0001 80000000 0002 01'x'",
     "NOERROR RA [a.example 0 TXT \\x01x] ttl 0"},
    {"other_names_beside_the_answer",
     message("8180 0001 0002 0000 0000", "<b.example> 0010 0001 0000003c 0002 01'y'" + good_record),
     "NOERROR RA " + good + " ttl 300"},
    {"other_types_beside_the_answer",
     message("8180 0001 0002 0000 0000", "c00c 002e 0001 0000003c 0002 01'y'" + good_record),
     "NOERROR RA " + good + " ttl 300"},
    {"other_class_beside_the_answer",
     message("8180 0001 0002 0000 0000", "c00c 0010 0003 0000003c 0002 01'y'" + good_record),
     "NOERROR RA " + good + " ttl 300"},
    {"pointer_after_labels", one_answer + "01'a'c00e 0010 0001 0000012c 0002 01'x'",
     "NOERROR RA " + good + " ttl 300"},
};

const Case negative_answers[] = {
    {"D01_nxdomain_with_soa",
     message("8183 0001 0000 0001 0000",
             "c00e 0006 0001 0000012c 0016 00 00 00000001 00000002 00000003 00000004 0000003c"),
     "NXDOMAIN RA ttl 60 negative"},
    {"D01_nxdomain_soa_ttl_below_its_minimum",
     message("8183 0001 0000 0001 0000",
             "c00e 0006 0001 0000001e 0016 00 00 00000001 00000002 00000003 00000004 0000003c"),
     "NXDOMAIN RA ttl 30 negative"},
    {"D01_nxdomain_without_soa", message("8183 0001 0000 0000 0000", ""), "NXDOMAIN RA"},
    {"D02_nodata_soa_of_the_root",
     message("8180 0001 0000 0001 0000",
             "00 0006 0001 0000012c 0016 00 00 00000001 00000002 00000003 00000004 0000003c"),
     "NOERROR RA ttl 60 negative"},
    {"D02_nodata_without_soa", message("8180 0001 0000 0000 0000", ""), "NOERROR RA"},
    {"D02_soa_of_a_foreign_zone_proves_nothing",
     message("8180 0001 0000 0001 0000",
             "<b.example> 0006 0001 0000012c 0016 00 00 00000001"
             "00000002 00000003 00000004 0000003c"),
     "NOERROR RA"},
    {"D02_broken_soa_proves_nothing",
     message("8180 0001 0000 0001 0000", "c00e 0006 0001 0000012c 0002 00 00"), "NOERROR RA"},
    {"D27_referral", message("8100 0001 0000 0001 0000", "c00e 0002 0001 0000012c 0003 01'b'00"),
     "NOERROR referral"},
    {"name_servers_of_an_authority_are_no_referral",
     message("8500 0001 0000 0001 0000", "c00e 0002 0001 0000012c 0003 01'b'00"), "NOERROR AA"},
};

const Case foreign_messages[] = {
    {"D18_wrong_id", "1235 8180 0001 0001 0000 0000" + question_section + good_record, "not ours"},
    {"D19_wrong_name", "1234 8180 0001 0001 0000 0000 <b.example> 0010 0001" + good_record,
     "not ours"},
    {"D19_wrong_type", "1234 8180 0001 0001 0000 0000 <a.example> 0001 0001" + good_record,
     "not ours"},
    {"D19_wrong_class", "1234 8180 0001 0001 0000 0000 <a.example> 0010 0003" + good_record,
     "not ours"},
    {"D19_longer_name", "1234 8180 0001 0001 0000 0000 <a.example.b> 0010 0001" + good_record,
     "not ours"},
    {"D19_two_questions",
     "1234 8180 0002 0001 0000 0000" + question_section + question_section + good_record,
     "not ours"},
    {"D21_no_question", "1234 8180 0000 0001 0000 0000" + good_record, "not ours"},
    {"D22_empty", "", "not ours"},
    {"D22_eleven_octets", "1234 8180 0001 0001 0000 00", "not ours"},
    {"D22_header_only", "1234 8181 0000 0000 0000 0000", "not ours"},
    {"D22_question_cut", "1234 8180 0001 0001 0000 0000 <a.example> 0010 00", "not ours"},
    {"D22_a_query", "1234 0100 0001 0000 0000 0000" + question_section, "not ours"},
    {"D22_another_opcode", "1234 a800 0001 0000 0000 0000" + question_section, "not ours"},
};

const Case malformed_messages[] = {
    {"D10_truncated", "1234 8380 0001 0001 0000 0000" + question_section + good_record,
     "truncated"},
    {"D10_truncated_and_cut", "1234 8380 0001 0009 0000 0000" + question_section, "truncated"},
    {"D23_string_past_rdlength", one_answer + "c00c 0010 0001 0000012c 0002 02'x'",
     "malformed: the data of a record is broken"},
    {"D23_string_past_rdlength_behind_a_good_one",
     message("8180 0001 0002 0000 0000", good_record + "c00c 0010 0001 0000012c 0003 01'x'05"),
     "malformed: the data of a record is broken"},
    {"D23_rdlength_past_end", one_answer + "c00c 0010 0001 0000012c 0003 01'x'", broken_answer},
    {"D23_record_cut_in_its_fixed_part", one_answer + "c00c 0010 0001 0000012c 00", broken_answer},
    {"D23_record_cut_in_its_name", one_answer + "01", broken_answer},
    {"D23_count_too_high", message("8180 0001 0002 0000 0000", good_record), broken_answer},
    {"D23_count_too_high_in_authority", message("8180 0001 0001 0001 0000", good_record),
     broken_rest},
    {"D23_largest_count", message("8180 0001 ffff ffff ffff", good_record), broken_answer},
    {"D23_count_too_low", one_answer + good_record + good_record,
     "malformed: there are more records than it says"},
    {"D23_count_too_low_hides_an_opt_record",
     one_answer + good_record + "00 0029 04d0 00000000 0000",
     "malformed: there are more records than it says"},
    {"D24_pointer_to_itself", one_answer + "c01b 0010 0001 0000012c 0002 01'x'", broken_answer},
    {"D24_pointer_forward", one_answer + "c020 0010 0001 0000012c 000b <a.example>", broken_answer},
    {"D24_pointer_into_the_header", one_answer + "c004 0010 0001 0000012c 0002 01'x'",
     broken_answer},
    {"D24_pointer_past_end", one_answer + "ffff 0010 0001 0000012c 0002 01'x'", broken_answer},
    {"D24_labels_and_pointer_in_a_circle", one_answer + "01'a'c01b 0010 0001 0000012c 0002 01'x'",
     broken_answer},
    {"label_type_unknown", one_answer + "41'a'00 0010 0001 0000012c 0002 01'x'", broken_answer},
    {"foreign_owner", one_answer + "<b.example> 0010 0001 0000012c 0002 01'x'",
     "malformed: its answer is about another name, type or class"},
    {"class_chaos", one_answer + "c00c 0010 0003 0000012c 0002 01'x'",
     "malformed: its answer is about another name, type or class"},
    {"another_type", one_answer + "c00c 0001 0001 0000012c 0004 7f000001",
     "malformed: its answer is about another name, type or class"},
    {"records_of_a_name_that_does_not_exist",
     "1234 8183 0001 0001 0000 0000" + question_section + good_record,
     "malformed: it has the records of a name that it says does not exist"},
};

const std::string to_b = "c00c 0005 0001 0000003c 0004 01'b'c00e";
const std::string record_of_b = "<b.example> 0010 0001 0000012c 0002 01'x'";

const Case aliases[] = {
    {"D28_alias_and_target", message("8180 0001 0002 0000 0000", to_b + record_of_b),
     "NOERROR RA via b.example [b.example 300 TXT \\x01x] ttl 60"},
    {"D28_target_before_alias", message("8180 0001 0002 0000 0000", record_of_b + to_b),
     "NOERROR RA via b.example [b.example 300 TXT \\x01x] ttl 60"},
    {"D28_the_same_alias_twice", message("8180 0001 0003 0000 0000", to_b + to_b + record_of_b),
     "NOERROR RA via b.example [b.example 300 TXT \\x01x] ttl 60"},
    {"two_aliases",
     message("8180 0001 0002 0000 0000", to_b + "c00c 0005 0001 0000003c 0003 01'c'00"),
     "malformed: a name has two aliases"},
    {"alias_and_records", message("8180 0001 0002 0000 0000", to_b + good_record),
     "malformed: a name has an alias and records of its own"},
    {"alias_cut", one_answer + "c00c 0005 0001 0000003c 0003 01'b'c0",
     "malformed: an alias is no name"},
    {"alias_shorter_than_rdlength", one_answer + "c00c 0005 0001 0000003c 0004 01'b'00 00",
     "malformed: an alias is no name"},
    {"alias_of_class_chaos", one_answer + "c00c 0005 0003 0000003c 0004 01'b'c00e",
     "malformed: its answer is about another name, type or class"},
    {"D29_alias_alone", one_answer + to_b, "NOERROR RA via b.example ttl 60"},
    {"D30_loop",
     message("8180 0001 0002 0000 0000", to_b + "<b.example> 0005 0001 0000003c 0002 c00c"),
     "NOERROR RA via b.example via a.example via b.example via a.example via b.example via "
     "a.example via b.example via a.example via b.example ttl 60"},
    {"D31_alias_to_nowhere", "1234 8183 0001 0001 0000 0000" + question_section + to_b,
     "NXDOMAIN RA via b.example ttl 60"},
    {"D31_alias_to_nodata",
     message("8180 0001 0001 0001 0000",
             to_b + "<b.example> 0006 0001 0000012c 0016 00 00 00000001 00000002 00000003"
                    "00000004 0000001e"),
     "NOERROR RA via b.example ttl 30 negative"},
    {"D32_dname",
     message("8180 0001 0003 0000 0000",
             "c00e 0027 0001 0000012c 0006 <test>"
             "c00c 0005 0001 0000012c 0008 <a.test>"
             "<a.test> 0010 0001 0000012c 0002 01'x'"),
     "NOERROR RA via a.test [a.test 300 TXT \\x01x] ttl 300"},
    {"D32_dname_alone", one_answer + "c00e 0027 0001 0000012c 0006 <test>",
     "NOERROR RA via a.test ttl 300"},
    {"D32_alias_that_does_not_follow",
     message("8180 0001 0002 0000 0000",
             "c00e 0027 0001 0000012c 0006 <test> c00c 0005 0001 0000012c 0008 <b.test>"),
     "malformed: an alias does not follow from its DNAME record"},
    {"D32_dname_at_the_name_itself", one_answer + "c00c 0027 0001 0000012c 0006 <test>",
     "malformed: its answer is about another name, type or class"},
    {"D32_dname_of_a_foreign_name", one_answer + "<b.example> 0027 0001 0000012c 0006 <test>",
     "malformed: its answer is about another name, type or class"},
};

const std::string opt = "00 0029 04d0 ";

std::string with_opt(const std::string& record) {
  return message("8180 0001 0001 0000 0001", good_record + record);
}

const Case edns[] = {
    {"opt", with_opt(opt + "00000000 0000"), "NOERROR RA " + good + " ttl 300"},
    {"upper_bits_of_the_rcode", message("8180 0001 0000 0000 0001", opt + "01000000 0000"),
     "BADVERS RA"},
    {"largest_rcode", message("818f 0001 0000 0000 0001", opt + "ff000000 0000"), "RCODE4095 RA"},
    {"D03_extended_error",
     message("8182 0001 0000 0000 0001", opt + "00000000 0009 000f 0005 0006 'bad'"),
     "SERVFAIL RA EDE 6 \"bad\""},
    {"D03_extended_error_without_text",
     message("8182 0001 0000 0000 0001", opt + "00000000 0006 000f 0002 0016"),
     "SERVFAIL RA EDE 22 \"\""},
    {"the_first_extended_error_counts",
     message("8182 0001 0000 0000 0001", opt + "00000000 000c 000f 0002 0016 000f 0002 0006"),
     "SERVFAIL RA EDE 22 \"\""},
    {"but_a_suspicious_one_counts_more",
     message("8183 0001 0000 0000 0001", opt + "00000000 000c 000f 0002 0016 000f 0002 0010"),
     "NXDOMAIN RA EDE 16 \"\""},
    {"other_options_mean_nothing", with_opt(opt + "00000000 000c 000a 0008 0102030405060708"),
     "NOERROR RA " + good + " ttl 300"},
    {"extended_error_without_code", with_opt(opt + "00000000 0005 000f 0001 00"),
     "NOERROR RA " + good + " ttl 300"},
    {"option_past_rdlength", with_opt(opt + "00000000 0005 000f 0002 00"),
     "malformed: its OPT record is wrong"},
    {"option_cut", with_opt(opt + "00000000 0003 000f 00"), "malformed: its OPT record is wrong"},
    {"two_opt_records",
     message("8180 0001 0001 0000 0002",
             good_record + opt + "00000000 0000" + opt + "00000000 0000"),
     "malformed: its OPT record is wrong"},
    {"opt_of_a_name", with_opt("c00c 0029 04d0 00000000 0000"),
     "malformed: its OPT record is wrong"},
    {"nothing_is_read_behind_an_error",
     message("8182 0001 0001 0000 0000", "c00c 0010 0001 0000012c 0002 09'x'"), "SERVFAIL RA"},
};

Case typed(const std::string& name, RrType type, const std::string& rdata,
           const std::string& want) {
  const auto number = fmt::format("{:04x}", static_cast<unsigned>(type));
  const auto length = fmt::format("{:04x}", octets_of(rdata).size());
  return {name,
          "1234 8180 0001 0001 0000 0000 <a.example>" + number + "0001 c00c" + number +
              "0001 0000012c" + length + rdata,
          want,
          {*Name::parse("a.example"), type}};
}

const std::string broken_data = "malformed: the data of a record is broken";

const Case types[] = {
    typed("a", RrType::a, "7f000001", "NOERROR RA [a.example 300 A \\x7f\\x00\\x00\\x01] ttl 300"),
    typed("a_of_5_octets", RrType::a, "7f00000100", broken_data),
    typed("aaaa_of_4_octets", RrType::aaaa, "7f000001", broken_data),
    typed("ns_is_decompressed", RrType::ns, "02'NS'c00e",
          "NOERROR RA [a.example 300 NS \\x02ns\\x07example\\x00] ttl 300"),
    typed("ns_longer_than_its_name", RrType::ns, "01'b'00 00", broken_data),
    typed(
        "soa_is_decompressed", RrType::soa,
        "c00c c00e 00000001 00000002 00000003 00000004 00000005",
        "NOERROR RA [a.example 300 SOA "
        "\\x01a\\x07example\\x00\\x07example\\x00\\x00\\x00\\x00\\x01\\x00\\x00\\x00\\x02\\x00\\x00"
        "\\x00\\x03\\x00\\x00\\x00\\x04\\x00\\x00\\x00\\x05] ttl 300"),
    typed("soa_without_its_numbers", RrType::soa, "c00c c00e 00000001", broken_data),
    typed("caa", RrType::caa, "80 05'issue''ca.example'",
          "NOERROR RA [a.example 300 CAA \\x80\\x05issueca.example] ttl 300"),
    typed("caa_tag_past_end", RrType::caa, "80 06'issue'", broken_data),
    typed("caa_of_1_octet", RrType::caa, "80", "NOERROR RA [a.example 300 CAA \\x80] ttl 300"),
    typed("caa_of_no_octet", RrType::caa, "", "NOERROR RA [a.example 300 CAA ] ttl 300"),
    typed("ds_without_digest", RrType::ds, "1234 0d 02", broken_data),
    typed("dnskey", RrType::dnskey, "0101 03 0d 'k'",
          "NOERROR RA [a.example 300 DNSKEY \\x01\\x01\\x03\\x0dk] ttl 300"),
};

class MessageReading : public testing::TestWithParam<Case> {};

TEST_P(MessageReading, IsRight) {
  EXPECT_EQ(to_text(read_message(octets_of(GetParam().octets), 0x1234, GetParam().question)),
            GetParam().want);
}

constexpr auto row_name = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Answers, MessageReading, testing::ValuesIn(answers), row_name);
INSTANTIATE_TEST_SUITE_P(Negative, MessageReading, testing::ValuesIn(negative_answers), row_name);
INSTANTIATE_TEST_SUITE_P(Foreign, MessageReading, testing::ValuesIn(foreign_messages), row_name);
INSTANTIATE_TEST_SUITE_P(Malformed, MessageReading, testing::ValuesIn(malformed_messages),
                         row_name);
INSTANTIATE_TEST_SUITE_P(Aliases, MessageReading, testing::ValuesIn(aliases), row_name);
INSTANTIATE_TEST_SUITE_P(Edns, MessageReading, testing::ValuesIn(edns), row_name);
INSTANTIATE_TEST_SUITE_P(Types, MessageReading, testing::ValuesIn(types), row_name);

/// Every message, cut anywhere, is either not ours, malformed, or says what the whole one says.
class CutMessage : public MessageReading {};

TEST_P(CutMessage, IsNeverBelieved) {
  const auto octets = octets_of(GetParam().octets);
  for (std::size_t length = 0; length < octets.size(); ++length) {
    const auto reading = read_message(Octets(octets).first(length), 0x1234, GetParam().question);
    if (reading.kind != Reading::Kind::complete) continue;
    EXPECT_EQ(to_text(reading), GetParam().want) << length;
  }
}

INSTANTIATE_TEST_SUITE_P(Answers, CutMessage, testing::ValuesIn(answers), row_name);
INSTANTIATE_TEST_SUITE_P(Negative, CutMessage, testing::ValuesIn(negative_answers), row_name);
INSTANTIATE_TEST_SUITE_P(Aliases, CutMessage, testing::ValuesIn(aliases), row_name);
INSTANTIATE_TEST_SUITE_P(Edns, CutMessage, testing::ValuesIn(edns), row_name);
INSTANTIATE_TEST_SUITE_P(Types, CutMessage, testing::ValuesIn(types), row_name);

TEST(Message, D24_AChainOfPointersHasAnEnd) {
  for (const auto& [hops, want] : {std::pair<unsigned, std::string>{62, "NOERROR RA "},
                                   std::pair<unsigned, std::string>{63, broken_answer}}) {
    // An unknown record holds the pointers, each to the one before.
    std::string pointers = "c00c";
    for (unsigned hop = 1; hop < hops; ++hop) {
      pointers += fmt::format("{:04x}", 0xC000U + 0x27U + 2 * (hop - 1));
    }
    const std::string text =
        message("8180 0001 0002 0000 0000",
                fmt::format("c00c ff00 0001 0000012c {:04x}", 2 * hops) + pointers +
                    fmt::format("{:04x}", 0xC000U + 0x27U + 2 * (hops - 1)) +
                    "0010 0001 0000012c 0002 01'x'");
    EXPECT_EQ(to_text(read_message(octets_of(text), 0x1234, txt_question)).substr(0, want.size()),
              want)
        << hops;
  }
}

TEST(Message, AliasMadeTooLongByADname) {
  const std::string label(63, 'b');
  const std::string long_name = label + "." + label + "." + label;
  const Question question{*Name::parse(label + ".example"), RrType::txt};
  const std::string text = "1234 8180 0001 0001 0000 0000 <" + label +
                           ".example> 0010 0001 <example> 0027 0001 0000012c 00c1 <" + long_name +
                           ">";
  EXPECT_EQ(to_text(read_message(octets_of(text), 0x1234, question)),
            "malformed: an alias is no name");
}

}  // namespace
}  // namespace persist::dns
