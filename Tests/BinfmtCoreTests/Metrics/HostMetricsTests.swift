// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

/// Metrics as text; how a whole host is rendered is in Tests/Fixtures/status/metrics.prom.
@Suite struct HostMetricsTests {
    private func metrics(
        _ entries: [HostMetrics.Entry] = [], running: Bool = true, enabled: Bool? = true
    ) -> [Substring] {
        HostMetrics(
            verdict: .pending, isDaemonRunning: running, isRegistryEnabled: enabled, errors: 1, warnings: 2,
            entries: entries
        ).text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test func aLabelIsEscaped() {
        var family = MetricFamily("x_info", .gauge, "a \"b\" \\ c\nd")
        family.add(1, [("name", "a\"b\\c\nd\u{1b}é"), ("empty", "")])
        #expect(
            family.text == #"""
                # HELP binfmtd_x_info a "b" \\ c\nd
                # TYPE binfmtd_x_info gauge
                binfmtd_x_info{name="a\"b\\c\nd\#u{1b}é",empty=""} 1

                """#)
    }

    @Test func aFamilyWithoutSamplesHasNoLines() {
        #expect(MetricFamily("x", .counter, "x").text == "")
        #expect(!metrics().contains { $0.contains("entry_info") })
        #expect(!metrics(enabled: nil).contains { $0.contains("registry_enabled") })
        #expect(metrics(enabled: nil).contains("binfmtd_registry_available 0"))
    }

    @Test func everyStateAndVerdictIsThere() {
        let entries = EntryState.allCases.map { HostMetrics.Entry(name: $0.rawValue, state: $0) }
        let lines = metrics(entries)
        for state in EntryState.allCases {
            #expect(lines.contains("binfmtd_entries{state=\"\(state.rawValue)\"} 1"))
            let isAsDeclared = state.isAsDeclared ? 1 : 0
            #expect(lines.contains("binfmtd_entry_as_declared{entry=\"\(state.rawValue)\"} \(isAsDeclared)"))
        }
        for verdict in Report.Verdict.allCases {
            #expect(lines.contains("binfmtd_verdict{verdict=\"\(verdict.rawValue)\"} \(verdict == .pending ? 1 : 0)"))
        }
        #expect(lines.contains("binfmtd_in_sync 0"))
        #expect(lines.contains("binfmtd_entries{state=\"active\"} 1") && lines.last == "")
    }

    /// A counter begins with 0, so that its first increase is seen; without a daemon nobody counts.
    @Test func repairsAreCountedWhileTheDaemonRuns() {
        var entry = HostMetrics.Entry(name: "a", state: .active)
        #expect(metrics([entry]).contains("binfmtd_entry_repairs_total{entry=\"a\"} 0"))
        #expect(!metrics([entry], running: false).contains { $0.contains("repairs_total{") })
        entry.repairs = 3
        entry.repaired = 1_700_000_000
        entry.since = 1_600_000_000
        let lines = metrics([entry])
        #expect(lines.contains("binfmtd_entry_repairs_total{entry=\"a\"} 3"))
        #expect(lines.contains("binfmtd_entry_repaired_timestamp_seconds{entry=\"a\"} 1700000000"))
        #expect(lines.contains("binfmtd_entry_registered_timestamp_seconds{entry=\"a\"} 1600000000"))
    }

    @Test func aFeatureIsALabelWithoutSlashes() {
        let platforms = ["linux/amd64", "linux/amd64/v2", "linux/arm/v7", "linux/arm64", "linux/arm64"]
        #expect(
            NodeFeatures(platforms).text == """
                binfmt-amd64=true
                binfmt-amd64-v2=true
                binfmt-arm-v7=true
                binfmt-arm64=true

                """)
        #expect(NodeFeatures([]).text == "")
    }
}
