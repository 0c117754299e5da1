package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/miekg/dns"
)

// Row is what is read of a row: the identifier as the CA has it (lower case, A-labels, no final dot), what DNS says at
// QueryName, and the account, the issuer and the time of the check.
type Row struct {
	ID         string
	Identifier struct{ Type, Value string }
	QueryName  string   `json:"query_name"`
	DNS        string   // a word of `rcodes`, or one of the two that get no answer: timeout, unsent
	CNAMEChain []string `json:"cname_chain"` // from QueryName to the name that has the records
	Answer     []struct{ Hex []string }
	CAA        []CAAAnswer // absent: CAA is not checked; a name that is not listed exists without CAA
	Issuers    []string    `json:"issuer_domain_names"`
	Account    struct{ URL, Status string }
	Now        int64
}

// CAAAnswer is what DNS says about CAA at one name.
type CAAAnswer struct {
	Name       string
	DNS        string   // a word of `rcodes`, or truncated, or one that gets no answer: timeout
	CNAMEChain []string `json:"cname_chain"` // from Name to the name that has the records
	Hex        []string // RDATA of each record
}

// Verdict is the answer: "accept" or "reject", the ACME error type and its text, and the names that DNS was asked for:
// that of the record (empty if it was not), and those of CAA.
type Verdict struct {
	ID       string   `json:"id"`
	Verdict  string   `json:"verdict"`
	Error    string   `json:"error"`
	Detail   string   `json:"detail"`
	Asked    string   `json:"asked"`
	CAAAsked []string `json:"caa_asked"`
}

// What DNS says in each outcome. A bogus answer is a failure of the validating resolver.
var rcodes = map[string]int{
	"noerror": dns.RcodeSuccess, "nodata": dns.RcodeSuccess, "nxdomain": dns.RcodeNameError,
	"servfail": dns.RcodeServerFailure, "bogus": dns.RcodeServerFailure, "refused": dns.RcodeRefused,
	"formerr": dns.RcodeFormatError, "notimp": dns.RcodeNotImplemented,
}

var (
	errDNS     = errors.New("an outcome of the DNS query that is not known")
	errIssuers = errors.New("a validation authority has one issuer domain name")
	errCAA     = errors.New("an outcome of a CAA query that is not known")
	errStatus  = errors.New("a validation authority does not know the status of an account")
	errAccount = errors.New("the account URL does not end in a number above zero")
)

// ParseRow reads a row and refuses one that cannot be put to the validation authority.
func ParseRow(text []byte) (*Row, error) {
	row := new(Row)
	if err := json.Unmarshal(text, row); err != nil {
		return nil, err
	}
	if _, known := rcodes[row.DNS]; !known && row.DNS != "timeout" && row.DNS != "unsent" {
		return nil, errDNS
	}
	if len(row.Issuers) != 1 {
		return nil, errIssuers
	}
	if row.Account.Status != "valid" {
		return nil, errStatus
	}
	for _, caa := range row.CAA {
		if _, known := rcodes[caa.DNS]; !known && caa.DNS != "timeout" && caa.DNS != "truncated" {
			return nil, errCAA
		}
	}
	return row, nil
}

// Eighteen digits are a number of 64 bits, whatever they are.
var accountNumber = regexp.MustCompile(`^(.*?)([1-9][0-9]{0,17})$`)

// AccountPrefix cuts the account URL as Boulder builds it: a configured prefix and the number of the registration.
func (row *Row) AccountPrefix() (prefix string, registration int64, err error) {
	parts := accountNumber.FindStringSubmatch(row.Account.URL)
	if parts == nil {
		return "", 0, errAccount
	}
	registration, err = strconv.ParseInt(parts[2], 10, 64)
	return parts[1], registration, err
}

// Says gives what DNS says to every question that has an answer of its own.
func (row *Row) Says() (map[asked]said, error) {
	rdata, err := row.RDATA()
	if err != nil {
		return nil, err
	}
	says := map[asked]said{{row.QueryName, dns.TypeTXT}: {row.DNS, row.CNAMEChain, rdata}}
	for _, caa := range row.CAA {
		records := make([][]byte, len(caa.Hex))
		for i, text := range caa.Hex {
			if records[i], err = hex.DecodeString(text); err != nil {
				return nil, err
			}
		}
		says[asked{caa.Name, dns.TypeCAA}] = said{caa.DNS, caa.CNAMEChain, records}
	}
	return says, nil
}

// RDATA gives each TXT record as it stands in a DNS message: character-strings, each behind its length.
func (row *Row) RDATA() ([][]byte, error) {
	var records [][]byte
	for _, record := range row.Answer {
		rdata := []byte{}
		for _, text := range record.Hex {
			octets, err := hex.DecodeString(text)
			if err != nil {
				return nil, err
			}
			if len(octets) > 255 {
				return nil, fmt.Errorf("a character-string of %d octets", len(octets))
			}
			rdata = append(append(rdata, byte(len(octets))), octets...)
		}
		records = append(records, rdata)
	}
	return records, nil
}
