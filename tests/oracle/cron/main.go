// Prints what robfig/cron v3 makes of cron lines, in the words of muster_cron_starts, which prints what Muster makes of them.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

const horizon = 10227 * 24 * time.Hour

var out = bufio.NewWriter(os.Stdout)

func fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}

func readLines(path string) []string {
	content, err := os.ReadFile(path)
	if err != nil {
		fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
}

// printFields prints the values that each line stands for, and whether day and weekday are unrestricted.
func printFields(lines []string) {
	for _, line := range lines {
		parsed, err := cron.ParseStandard(line)
		if err != nil {
			fmt.Fprintf(out, "%s: refused\n", line)
			continue
		}
		spec := parsed.(*cron.SpecSchedule)
		const star = 1 << 63
		fmt.Fprintf(out, "%s: %x %x %x %x %x %d %d\n", line, spec.Minute&^star, spec.Hour&^star, spec.Dom&^star, spec.Month&^star,
			spec.Dow&^star, spec.Dom>>63, spec.Dow>>63)
	}
}

// widest is the longest that `gaps` gaps in a row take together, in seconds; -1 where there are not so many.
func widest(starts []int64, gaps int) int64 {
	longest := int64(-1)
	for i := gaps; i < len(starts); i++ {
		longest = max(longest, starts[i]-starts[i-gaps])
	}
	return longest
}

// printYears prints how many starts each year has and their FNV-1a hash.
func printYears(label string, starts []int64) {
	for i := 0; i < len(starts); {
		year, hash, first := time.Unix(starts[i], 0).UTC().Year(), uint64(14695981039346656037), i
		for ; i < len(starts) && time.Unix(starts[i], 0).UTC().Year() == year; i++ {
			hash = (hash ^ uint64(starts[i])) * 1099511628211
		}
		fmt.Fprintf(out, "%s: %d %d %x\n", label, year, i-first, hash)
	}
}

func startsOf(schedule cron.Schedule, from time.Time) []int64 {
	var starts []int64
	to := from.Add(horizon)
	for at := schedule.Next(from.Add(-time.Second)); !at.IsZero() && !at.After(to); at = schedule.Next(at) {
		starts = append(starts, at.Unix())
	}
	return starts
}

func printStarts(from time.Time, crons, zones []string) {
	for _, zone := range zones {
		location, err := time.LoadLocation(zone)
		if err != nil {
			fatal(err)
		}
		for _, line := range crons {
			schedule, err := cron.ParseStandard(line)
			if err != nil {
				fatal(err)
			}
			starts := startsOf(schedule, from.In(location))
			label := zone + " " + line
			fmt.Fprintf(out, "%s: gaps %d %d %d\n", label, widest(starts, 1), widest(starts, 2), widest(starts, 4))
			printYears(label, starts)
		}
	}
}

func main() {
	defer out.Flush()
	if len(os.Args) == 3 && os.Args[1] == "fields" {
		printFields(readLines(os.Args[2]))
		return
	}
	if len(os.Args) == 5 && os.Args[1] == "starts" {
		if from, err := strconv.ParseInt(os.Args[2], 10, 64); err == nil {
			printStarts(time.Unix(from, 0), readLines(os.Args[3]), readLines(os.Args[4]))
			return
		}
	}
	fatal(fmt.Errorf("usage: fields LINES | starts UNIX-SECONDS CRONS ZONES"))
}
