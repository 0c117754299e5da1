package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/jmhodges/clock"
	"github.com/miekg/dns"

	"github.com/letsencrypt/boulder/bdns"
	"github.com/letsencrypt/boulder/core"
	corepb "github.com/letsencrypt/boulder/core/proto"
	"github.com/letsencrypt/boulder/iana"
	blog "github.com/letsencrypt/boulder/log"
	"github.com/letsencrypt/boulder/metrics"
	"github.com/letsencrypt/boulder/va"
	vapb "github.com/letsencrypt/boulder/va/proto"
)

// An answer of ours always comes; one that never comes need not be waited for.
const (
	patience   = time.Minute
	impatience = 50 * time.Millisecond
)

// Judge has Boulder's validation authority judge one row after the other. Each worker has a Judge of its own: the clock
// is the row's.
type Judge struct {
	asker       string
	resolver    *Resolver
	clock       clock.FakeClock
	patient     bdns.Client
	impatient   bdns.Client
	authorities map[authorityKey]*va.ValidationAuthorityImpl
}

// What a validation authority is configured with.
type authorityKey struct {
	issuer, accountPrefix string
	impatient             bool
}

var quiet = blog.StdoutLogger(-1)

// NewJudge gives a Judge that asks `resolver`; each has another number.
func NewJudge(resolver *Resolver, number int) (*Judge, error) {
	judge := &Judge{
		asker:       fmt.Sprintf("asker %d", number),
		resolver:    resolver,
		clock:       clock.NewFake(),
		authorities: map[authorityKey]*va.ValidationAuthorityImpl{},
	}
	var err error
	if judge.patient, err = judge.client(resolver.server, patience); err != nil {
		return nil, err
	}
	judge.impatient, err = judge.client(resolver.silent, impatience)
	return judge, err
}

// client gives Boulder's DNS client, which asks `server` once and waits that long.
func (judge *Judge) client(server *httptest.Server, wait time.Duration) (bdns.Client, error) {
	servers, err := bdns.NewStaticProvider([]string{server.Listener.Addr().String()})
	if err != nil {
		return nil, err
	}
	trusted := x509.NewCertPool()
	trusted.AddCert(server.Certificate())
	return bdns.New(wait, servers, metrics.NoopRegisterer, judge.clock, 1, judge.asker, quiet,
		&tls.Config{RootCAs: trusted}), nil
}

// authority gives the validation authority of a CA. It is that of a remote perspective: the primary one would, after the
// same look at DNS, ask three others.
func (judge *Judge) authority(key authorityKey) (*va.ValidationAuthorityImpl, error) {
	if found := judge.authorities[key]; found != nil {
		return found, nil
	}
	client := judge.patient
	if key.impatient {
		client = judge.impatient
	}
	made, err := va.NewValidationAuthorityImpl(client, nil, judge.asker, key.issuer, metrics.NoopRegisterer, judge.clock,
		quiet, []string{key.accountPrefix}, "remote", "", iana.IsReservedAddr, 0, false, nil, 0, 0)
	if err == nil {
		judge.authorities[key] = made
	}
	return made, err
}

// Judge gives the verdict on one row.
func (judge *Judge) Judge(text []byte) (Verdict, error) {
	row, err := ParseRow(text)
	if err != nil {
		return Verdict{}, err
	}
	prefix, registration, err := row.AccountPrefix()
	if err != nil {
		return Verdict{}, err
	}
	authority, err := judge.authority(authorityKey{row.Issuers[0], prefix, row.DNS == "timeout"})
	if err != nil {
		return Verdict{}, err
	}
	says, err := row.Says()
	if err != nil {
		return Verdict{}, err
	}
	judge.clock.Set(time.Unix(row.Now, 0))
	judge.resolver.SetRow(judge.asker, &question{says: says})
	problem, err := validate(authority, row, registration)
	if err != nil {
		return Verdict{}, err
	}
	verdict := Verdict{
		ID:       row.ID,
		Verdict:  "accept",
		Asked:    strings.Join(judge.resolver.Asked(judge.asker, dns.TypeTXT), " "),
		CAAAsked: judge.resolver.Asked(judge.asker, dns.TypeCAA),
	}
	if problem != nil {
		verdict.Verdict, verdict.Error, verdict.Detail = "reject", problem.ProblemType, problem.Detail
	}
	return verdict, nil
}

// validate does what a registration authority of Boulder has done: the record first, then CAA if the record is good.
func validate(authority *va.ValidationAuthorityImpl, row *Row, registration int64) (*corepb.ProblemDetails, error) {
	result, err := authority.DoDCV(context.Background(), validation(row, registration))
	if err != nil || result.GetProblem() != nil || row.CAA == nil {
		return result.GetProblem(), err
	}
	caa, err := authority.DoCAA(context.Background(), &vapb.IsCAAValidRequest{
		Identifier:       &corepb.Identifier{Type: row.Identifier.Type, Value: row.Identifier.Value},
		ValidationMethod: string(core.ChallengeTypeDNSPersist01),
		AccountURIID:     registration,
		AuthzID:          1,
	})
	return caa.GetProblem(), err
}

// validation is the request to validate the row's challenge. This method has neither token nor key authorization; the
// request must have them all the same.
func validation(row *Row, registration int64) *vapb.PerformValidationRequest {
	const unused = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0"
	return &vapb.PerformValidationRequest{
		Identifier: &corepb.Identifier{Type: row.Identifier.Type, Value: row.Identifier.Value},
		Challenge: &corepb.Challenge{
			Type:   string(core.ChallengeTypeDNSPersist01),
			Status: string(core.StatusPending),
			Token:  unused,
		},
		Authz:                    &vapb.AuthzMeta{Id: 1, RegID: registration},
		ExpectedKeyAuthorization: unused,
	}
}
