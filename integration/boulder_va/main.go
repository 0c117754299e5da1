// boulder_va judges dns-persist-01 records with the validation authority that Let's Encrypt runs.
//
// Rows come in on stdin, verdicts go out on stdout, one JSON object a line, in the same order. A row has the members of a
// row of tests/testdata/vectors/records.json, and one with `caa` is put to the CAA check too if the record is good; see
// row.go for what is read, and for what a verdict has. A row that cannot be put to the validation authority, or that is
// no JSON, ends the program with status 2.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/letsencrypt/boulder/features"
)

// More workers than cores: each waits for its own DNS answer most of the time.
const workersPerCore = 4

// Octets of one row.
const longestRow = 1 << 20

type answer struct {
	verdict Verdict
	err     error
}

// A row on its way: the answer comes back on a channel of its own, so that the order of the rows is kept.
type job struct {
	text   []byte
	answer chan answer
}

func work(jobs <-chan job, judge *Judge) {
	for next := range jobs {
		verdict, err := judge.Judge(next.text)
		next.answer <- answer{verdict, err}
	}
}

// read hands every line to the workers, and its place to the writer.
func read(in io.Reader, jobs chan<- job, places chan<- job) error {
	defer close(places)
	defer close(jobs)
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), longestRow)
	for lines.Scan() {
		next := job{append([]byte(nil), lines.Bytes()...), make(chan answer, 1)}
		places <- next
		jobs <- next
	}
	return lines.Err()
}

func write(out io.Writer, places <-chan job) error {
	buffered := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for place := range places {
		done := <-place.answer
		if done.err != nil {
			return fmt.Errorf("%w: %s", done.err, place.text)
		}
		if err := encoder.Encode(done.verdict); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

func run(in io.Reader, out io.Writer) error {
	features.Set(features.Config{DNSPersist01Enabled: true})
	resolver := StartResolver()
	defer resolver.Close()
	workers := workersPerCore * runtime.GOMAXPROCS(0)
	jobs := make(chan job)
	places := make(chan job, 16*workers)
	for number := range workers {
		judge, err := NewJudge(resolver, number)
		if err != nil {
			return err
		}
		go work(jobs, judge)
	}
	failed := make(chan error, 1)
	go func() { failed <- read(in, jobs, places) }()
	if err := write(out, places); err != nil {
		return err
	}
	return <-failed
}

func main() {
	if len(os.Args) != 2 || os.Args[1] != "--judge" {
		fmt.Fprintln(os.Stderr, "usage: boulder_va --judge <ROWS >VERDICTS")
		os.Exit(2)
	}
	debug.SetGCPercent(400) // short-lived garbage: less collecting is a fifth more rows a second
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "boulder_va: error: %v\n", err)
		os.Exit(2)
	}
}
