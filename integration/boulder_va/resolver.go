package main

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/miekg/dns"
)

// Resolver is the validating resolver that Boulder asks, by DNS over HTTPS on 127.0.0.1. It answers each asker with that
// asker's current row and knows the askers by their user agent.
type Resolver struct {
	server *httptest.Server
	silent *httptest.Server // never answers
	mutex  sync.Mutex
	rows   map[string]*question
}

// question is a row while it is judged.
type question struct {
	row   *Row
	rdata [][]byte
	asked string
}

// StartResolver listens on free ports of 127.0.0.1 with a certificate of its own.
func StartResolver() *Resolver {
	resolver := &Resolver{rows: map[string]*question{}}
	resolver.server = startServer(resolver.answer)
	resolver.silent = startServer(func(_ http.ResponseWriter, request *http.Request) {
		<-request.Context().Done() // the asker gives up
	})
	return resolver
}

func startServer(answer http.HandlerFunc) *httptest.Server {
	server := httptest.NewUnstartedServer(answer)
	server.EnableHTTP2 = true
	server.StartTLS()
	return server
}

// Close ends the servers; nobody may be waiting for an answer.
func (resolver *Resolver) Close() {
	resolver.server.Close()
	resolver.silent.Close()
}

// SetRow makes `next` the row of the asker.
func (resolver *Resolver) SetRow(asker string, next *question) {
	resolver.mutex.Lock()
	defer resolver.mutex.Unlock()
	resolver.rows[asker] = next
}

// Asked gives the name that was asked for since SetRow; empty if none was.
func (resolver *Resolver) Asked(asker string) string {
	resolver.mutex.Lock()
	defer resolver.mutex.Unlock()
	return resolver.rows[asker].asked
}

func (resolver *Resolver) find(asker, name string) *question {
	resolver.mutex.Lock()
	defer resolver.mutex.Unlock()
	current := resolver.rows[asker]
	current.asked = strings.ToLower(strings.TrimSuffix(name, "."))
	return current
}

// answer answers a query as RFC 8484 section 4 says.
func (resolver *Resolver) answer(out http.ResponseWriter, request *http.Request) {
	octets, err := io.ReadAll(request.Body)
	query := new(dns.Msg)
	if err != nil || query.Unpack(octets) != nil || len(query.Question) != 1 {
		http.Error(out, "no DNS query", http.StatusBadRequest)
		return
	}
	current := resolver.find(request.UserAgent(), query.Question[0].Name)
	reply, err := current.reply(query).Pack()
	if err != nil {
		http.Error(out, err.Error(), http.StatusInternalServerError)
		return
	}
	out.Header().Set("Content-Type", "application/dns-message")
	_, _ = out.Write(reply)
}

// reply gives what stands in the row, and NXDOMAIN for another name or type.
func (current *question) reply(query *dns.Msg) *dns.Msg {
	reply := new(dns.Msg).SetReply(query)
	reply.RecursionAvailable = true
	if query.Question[0].Qtype != dns.TypeTXT || current.asked != current.row.QueryName {
		reply.Rcode = dns.RcodeNameError
		return reply
	}
	reply.Rcode = rcodes[current.row.DNS]
	switch current.row.DNS {
	case "noerror":
		reply.Answer = current.records(query.Question[0].Name)
	case "bogus": // RFC 8914 section 4.7
		reply.SetEdns0(1232, false)
		reply.IsEdns0().Option = []dns.EDNS0{&dns.EDNS0_EDE{InfoCode: dns.ExtendedErrorCodeDNSBogus}}
	}
	return reply
}

func (current *question) records(owner string) []dns.RR {
	var records []dns.RR
	if chain := current.row.CNAMEChain; len(chain) > 0 {
		for i, target := range chain[1:] {
			header := dns.RR_Header{Name: dns.Fqdn(chain[i]), Rrtype: dns.TypeCNAME, Class: dns.ClassINET, Ttl: 300}
			records = append(records, &dns.CNAME{Hdr: header, Target: dns.Fqdn(target)})
		}
		owner = dns.Fqdn(chain[len(chain)-1])
	}
	for _, rdata := range current.rdata {
		// RFC 3597 form: the library must not read, escape or split the octets.
		header := dns.RR_Header{Name: owner, Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 300}
		records = append(records, &dns.RFC3597{Hdr: header, Rdata: hex.EncodeToString(rdata)})
	}
	return records
}
