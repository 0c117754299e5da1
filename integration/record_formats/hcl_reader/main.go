// Reads what `persist-hook record --format terraform` prints, as Terraform and its provider hashicorp/dns do, and prints
// the records as lines of a zone file.
//
// Terraform reads with this HCL library. The provider puts each text between the quotes of a zone-file line and gives that
// to this DNS library (internal/provider/resource_dns_txt_record_set.go), which cuts it into character-strings.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsimple"
	"github.com/miekg/dns"
)

// The arguments of the resource; any other one is an error, as it is in Terraform.
type recordSet struct {
	Type  string   `hcl:"type,label"`
	Label string   `hcl:"label,label"`
	Zone  string   `hcl:"zone"`
	Name  string   `hcl:"name,optional"`
	TTL   int64    `hcl:"ttl,optional"`
	TXT   []string `hcl:"txt"`
}

type file struct {
	Resources []recordSet `hcl:"resource,block"`
}

func fqdn(set recordSet) string {
	if set.Name == "" {
		return set.Zone
	}
	return set.Name + "." + set.Zone
}

func run() error {
	source, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	var decoded file
	// Without variables and functions: a template that is left in a text is an error.
	if err := hclsimple.Decode("record.hcl", source, &hcl.EvalContext{}, &decoded); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, set := range decoded.Resources {
		if set.Type != "dns_txt_record_set" || !dns.IsFqdn(set.Zone) || seen[set.Label] {
			return fmt.Errorf("%s %s of %q is not one more set of TXT records", set.Type, set.Label, set.Zone)
		}
		seen[set.Label] = true
		for _, text := range set.TXT {
			record, err := dns.NewRR(fmt.Sprintf("%s %d TXT \"%s\"", fqdn(set), set.TTL, text))
			if err != nil {
				return err
			}
			fmt.Println(record)
		}
	}
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "hcl_reader:", err)
		os.Exit(1)
	}
}
