// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// What a look at the host found, or why it found nothing.
struct HostStatus {
    let hostPaths: HostPaths
    let issues: [Issue]
    let verdict: Report.Verdict
    let summary: String
    /// Nil where there is no registry.
    let preview: Preview?
    /// What the daemon says of itself; nil if none runs.
    let daemon: DaemonStatus?
    /// All of them, and those that were asked for.
    let everyLine: [Line]
    let lines: [Line]
    /// Names that were asked for and that nothing has.
    let unknownNames: [String]

    /// One entry.
    struct Line {
        let item: Plan.Item
        let state: EntryState
        let reason: EntryReason?
        /// Its place in the matching order from 1; nil if it is not in the kernel.
        let order: Int?
        /// What the daemon knows of it beyond that.
        let record: DaemonStatus.Record?

        var name: String { item.name.description }
        var entry: Entry? { item.desired?.entry ?? item.observed?.entry }
        var wanted: Recognition? { entry?.recognition ?? item.declared?.recognition }
        var recognition: String { wanted?.description ?? "-" }
        /// With the platform's name as Docker writes it: "ELF 64-bit little-endian AArch64 (linux/arm64)".
        var fullRecognition: String { recognition + (wanted?.platform.map { " (\($0))" } ?? "") }
        var flags: String { (entry?.flags ?? item.declared?.flags)?.letters ?? "" }
        var interpreter: String { (entry?.interpreter ?? item.declared?.interpreters.first)?.printable ?? "-" }

        /// Whether the kernel looks for the interpreter wherever a program is executed, and this host has none.
        var isForContainers: Bool {
            guard state == .active, let desired = item.desired else { return false }
            return desired.interpreterFile == nil && !desired.entry.flags.contains(.fixBinary)
        }
    }

    /// Since when an entry is in the kernel.
    func since(_ line: Line) -> FileTime? {
        line.item.observed.flatMap { KernelRegistry.since($0.name, at: hostPaths.registry) }
    }

    var isInSync: Bool { verdict == .inSync && unknownNames.isEmpty }

    /// - Parameter names: the entries to show; all if none is named.
    init(_ hostPaths: HostPaths, names: [String] = []) {
        let daemon = hostPaths.daemon
        do {
            let reconciler = try hostPaths.reconciler(beside: daemon) { () throws(RegistryUnavailable) in
                try hostPaths.openRegistry()
            }
            do { self.init(hostPaths, try reconciler.preview(), daemon, names: names) } catch {
                let issues = Self.issues(hostPaths)
                self.init(hostPaths, unavailable: "\(error)", daemon, issues: issues)
            }
        } catch {
            self.init(hostPaths, unavailable: "cannot read this program's own header: \(error)", daemon, issues: [])
        }
    }

    private init(
        _ hostPaths: HostPaths, _ preview: Preview, _ daemon: DaemonStatus?, names: [String]
    ) {
        let report = Report(.command, preview.configuration, after: preview.plan)
        let all = Self.lines(preview, daemon)
        self.daemon = daemon
        self.hostPaths = hostPaths
        self.preview = preview
        issues = preview.configuration.issues
        let isStandby = daemon?.verdict == .standby && report.verdict != .inSync
        verdict = isStandby ? .standby : report.verdict
        summary = report.summary
        everyLine = all
        lines = names.isEmpty ? all : all.filter { names.contains($0.name) }
        unknownNames = names.filter { name in !all.contains { $0.name == name } }
    }

    private init(
        _ hostPaths: HostPaths, unavailable reason: String, _ daemon: DaemonStatus?, issues: [Issue]
    ) {
        self.daemon = daemon
        self.hostPaths = hostPaths
        self.issues = issues
        verdict = .unavailable
        summary = reason
        preview = nil
        everyLine = []
        lines = []
        unknownNames = []
    }

    /// What is wrong with the configuration, where there is no registry to look at.
    private static func issues(_ hostPaths: HostPaths) -> [Issue] {
        var directories = hostPaths.configDirectories
        return directories.read().configuration.issues
    }

    private static func lines(_ preview: Preview, _ daemon: DaemonStatus?) -> [Line] {
        let shadowing = preview.observed.shadowing
        return preview.plan.items.map { item in
            let other = item.state == .active ? shadowing[item.name] : nil
            return Line(
                item: item, state: other == nil ? item.state : .shadowed,
                reason: other.map { .shadowed(by: $0) } ?? item.reason,
                order: preview.observed.place(of: item.name).map { $0 + 1 }, record: daemon?.entries[item.name])
        }
    }
}
