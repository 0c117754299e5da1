package main

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
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

// asked is what a query asks for: the name in lower case and without the final dot, and the type.
type asked struct {
	name string
	kind uint16
}

// said is what DNS says to that.
type said struct {
	outcome string
	chain   []string // from the name asked for to the one that has the records; empty if they are the same
	rdata   [][]byte
}

// question is a row while it is judged.
type question struct {
	says  map[asked]said
	asked []asked
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

// Asked gives the names that were asked for since SetRow with this type, in the order of the alphabet.
func (resolver *Resolver) Asked(asker string, kind uint16) []string {
	resolver.mutex.Lock()
	defer resolver.mutex.Unlock()
	names := []string{}
	for _, each := range resolver.rows[asker].asked {
		if each.kind == kind {
			names = append(names, each.name)
		}
	}
	slices.Sort(names)
	return names
}

// find gives what stands in the row; a name that does not is NXDOMAIN, or exists without CAA.
func (resolver *Resolver) find(asker string, query dns.Question) said {
	resolver.mutex.Lock()
	defer resolver.mutex.Unlock()
	current := resolver.rows[asker]
	key := asked{strings.ToLower(strings.TrimSuffix(query.Name, ".")), query.Qtype}
	current.asked = append(current.asked, key)
	if found, ok := current.says[key]; ok {
		return found
	}
	if key.kind == dns.TypeCAA {
		return said{outcome: "nodata"}
	}
	return said{outcome: "nxdomain"}
}

// answer answers a query as RFC 8484 section 4 says.
func (resolver *Resolver) answer(out http.ResponseWriter, request *http.Request) {
	octets, err := io.ReadAll(request.Body)
	query := new(dns.Msg)
	if err != nil || query.Unpack(octets) != nil || len(query.Question) != 1 {
		http.Error(out, "no DNS query", http.StatusBadRequest)
		return
	}
	found := resolver.find(request.UserAgent(), query.Question[0])
	if found.outcome == "timeout" {
		panic(http.ErrAbortHandler) // the stream breaks off: the asker need not wait for what never comes
	}
	reply, err := found.reply(query).Pack()
	if err != nil {
		http.Error(out, err.Error(), http.StatusInternalServerError)
		return
	}
	out.Header().Set("Content-Type", "application/dns-message")
	_, _ = out.Write(reply)
}

func (found said) reply(query *dns.Msg) *dns.Msg {
	reply := new(dns.Msg).SetReply(query)
	reply.RecursionAvailable = true
	reply.Rcode = rcodes[found.outcome] // NOERROR for what is truncated
	switch found.outcome {
	case "noerror", "nodata", "nxdomain", "truncated":
		reply.Answer = found.records(query.Question[0])
		reply.Truncated = found.outcome == "truncated"
	case "bogus": // RFC 8914 section 4.7
		reply.SetEdns0(1232, false)
		reply.IsEdns0().Option = []dns.EDNS0{&dns.EDNS0_EDE{InfoCode: dns.ExtendedErrorCodeDNSBogus}}
	}
	return reply
}

func (found said) records(query dns.Question) []dns.RR {
	var records []dns.RR
	owner := query.Name
	if chain := found.chain; len(chain) > 0 {
		for i, target := range chain[1:] {
			header := dns.RR_Header{Name: dns.Fqdn(chain[i]), Rrtype: dns.TypeCNAME, Class: dns.ClassINET, Ttl: 300}
			records = append(records, &dns.CNAME{Hdr: header, Target: dns.Fqdn(target)})
		}
		owner = dns.Fqdn(chain[len(chain)-1])
	}
	for _, rdata := range found.rdata {
		// RFC 3597 form: the library must not read, escape or split the octets.
		header := dns.RR_Header{Name: owner, Rrtype: query.Qtype, Class: dns.ClassINET, Ttl: 300}
		records = append(records, &dns.RFC3597{Hdr: header, Rdata: hex.EncodeToString(rdata)})
	}
	return records
}
