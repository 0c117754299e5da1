// acmez_client obtains a certificate by dns-persist-01 with the library acmez.
//
//	acmez_client DIRECTORY-URL CA-FILE FOLDER           prints the URL of the account, which it registers
//	acmez_client DIRECTORY-URL CA-FILE FOLDER NAME...   writes the certificate to FOLDER/NAME.pem
//
// The account's key is FOLDER/account.key, made if it is not there. Exit status 1: no certificate, stderr says why.
package main

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/mholt/acmez/v3"
	"github.com/mholt/acmez/v3/acme"
)

const patience = time.Minute

var errNoPEM = errors.New("there is no PEM in the file")

// persistSolver has nothing to do: the record stands in DNS already.
type persistSolver struct{}

func (persistSolver) Present(context.Context, acme.Challenge) error { return nil }

func (persistSolver) CleanUp(context.Context, acme.Challenge) error { return nil }

func newClient(directory, caFile string) (*acmez.Client, error) {
	certificates, err := os.ReadFile(caFile)
	if err != nil {
		return nil, err
	}
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(certificates) {
		return nil, fmt.Errorf("%w: %s", errNoPEM, caFile)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}
	return &acmez.Client{
		Client: &acme.Client{
			Directory:    directory,
			HTTPClient:   &http.Client{Transport: transport},
			PollInterval: 100 * time.Millisecond,
			PollTimeout:  patience,
		},
		ChallengeSolvers: map[string]acmez.Solver{acme.ChallengeTypeDNSPersist01: persistSolver{}},
	}, nil
}

func newKey() (*ecdsa.PrivateKey, error) {
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
}

func readKey(path string) (crypto.Signer, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%w: %s", errNoPEM, path)
	}
	return x509.ParseECPrivateKey(block.Bytes)
}

// accountKey gives the key in the file, which it makes first if need be.
func accountKey(path string) (crypto.Signer, error) {
	found, err := readKey(path)
	if !errors.Is(err, os.ErrNotExist) {
		return found, err
	}
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	octets, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return key, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: octets}), 0o600)
}

func obtain(ctx context.Context, client *acmez.Client, account acme.Account, names []string, path string) error {
	key, err := newKey()
	if err != nil {
		return err
	}
	chains, err := client.ObtainCertificateForSANs(ctx, account, key, names)
	if err != nil {
		return err
	}
	return os.WriteFile(path, chains[0].ChainPEM, 0o600)
}

func run(directory, caFile, folder string, names []string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client, err := newClient(directory, caFile)
	if err != nil {
		return err
	}
	key, err := accountKey(filepath.Join(folder, "account.key"))
	if err != nil {
		return err
	}
	account, err := client.NewAccount(ctx, acme.Account{TermsOfServiceAgreed: true, PrivateKey: key})
	if err != nil {
		return err
	}
	if len(names) == 0 {
		_, err = fmt.Println(account.Location)
		return err
	}
	return obtain(ctx, client, account, names, filepath.Join(folder, names[0]+".pem"))
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: acmez_client DIRECTORY-URL CA-FILE FOLDER [NAME...]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		fmt.Fprintf(os.Stderr, "acmez_client: error: %v\n", err)
		os.Exit(1)
	}
}
