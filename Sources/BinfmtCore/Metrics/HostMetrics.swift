// SPDX-License-Identifier: Apache-2.0

/// The state of a host as metrics.
package struct HostMetrics: Sendable {
    package struct Entry: Sendable {
        package let name: String
        package let state: EntryState
        /// The platform of its programs as Docker writes it; empty if there is none.
        package var platform = ""
        package var interpreter = ""
        /// The kernel's letters.
        package var flags = ""
        /// The version that its emulator prints; empty if that is not known.
        package var emulator = ""
        /// The time when it was registered, in seconds since 1970.
        package var since: Int64?
        /// The number of repairs since the daemon started, and the time of the last one.
        package var repairs = 0
        package var repaired: Int64?

        package init(name: String, state: EntryState) {
            self.name = name
            self.state = state
        }
    }

    package let verdict: Report.Verdict
    package let isDaemonRunning: Bool
    /// Nil if there is no registry.
    package let isRegistryEnabled: Bool?
    package let errors: Int
    package let warnings: Int
    package let entries: [Entry]

    package init(
        verdict: Report.Verdict, isDaemonRunning: Bool, isRegistryEnabled: Bool?, errors: Int, warnings: Int,
        entries: [Entry]
    ) {
        self.verdict = verdict
        self.isDaemonRunning = isDaemonRunning
        self.isRegistryEnabled = isRegistryEnabled
        self.errors = errors
        self.warnings = warnings
        self.entries = entries
    }

    /// The text of a file for Prometheus.
    package var text: String { (ofHost + ofEntries).map(\.text).joined() }

    // MARK: - The families

    private var ofHost: [MetricFamily] {
        var build = MetricFamily("build_info", .gauge, "The version of binfmtctl, which wrote this.")
        build.add(1, [("version", Version.current)])
        var running = MetricFamily("running", .gauge, "Whether the daemon is running.")
        running.add(isDaemonRunning)
        var inSync = MetricFamily("in_sync", .gauge, "Whether every entry is as declared.")
        inSync.add(verdict == .inSync)
        var verdicts = MetricFamily("verdict", .gauge, "The state of the host: 1 for the verdict that holds.")
        for other in Report.Verdict.allCases { verdicts.add(other == verdict, [("verdict", other.rawValue)]) }
        var available = MetricFamily("registry_available", .gauge, "Whether binfmt_misc is mounted and readable.")
        available.add(isRegistryEnabled != nil)
        var enabled = MetricFamily("registry_enabled", .gauge, "Whether binfmt_misc as a whole is switched on.")
        if let isRegistryEnabled { enabled.add(isRegistryEnabled) }
        var issues = MetricFamily("configuration_issues", .gauge, "Problems of the configuration files.")
        issues.add(Int64(errors), [("severity", "error")])
        issues.add(Int64(warnings), [("severity", "warning")])
        var states = MetricFamily("entries", .gauge, "The number of entries in each state.")
        for state in EntryState.allCases {
            states.add(Int64(entries.count { $0.state == state }), [("state", state.rawValue)])
        }
        return [build, running, inSync, verdicts, available, enabled, issues, states]
    }

    private var ofEntries: [MetricFamily] {
        var info = MetricFamily("entry_info", .gauge, "An entry, with its state and its interpreter.")
        var asDeclared = MetricFamily("entry_as_declared", .gauge, "Whether an entry is as declared.")
        var since = MetricFamily(
            "entry_registered_timestamp_seconds", .gauge, "The time when an entry was registered.")
        var repairs = MetricFamily(
            "entry_repairs_total", .counter, "How often the daemon has undone another program's change of an entry.")
        var repaired = MetricFamily("entry_repaired_timestamp_seconds", .gauge, "The time of an entry's last repair.")
        for entry in entries {
            let label: [MetricFamily.Label] = [("entry", entry.name)]
            info.add(
                1,
                label + [
                    ("state", entry.state.rawValue), ("platform", entry.platform), ("interpreter", entry.interpreter),
                    ("flags", entry.flags), ("emulator", entry.emulator),
                ])
            asDeclared.add(entry.state.isAsDeclared, label)
            if let time = entry.since { since.add(time, label) }
            // From the first on, so that each repair raises the counter.
            if isDaemonRunning { repairs.add(Int64(entry.repairs), label) }
            if let time = entry.repaired { repaired.add(time, label) }
        }
        return [info, asDeclared, since, repairs, repaired]
    }
}
