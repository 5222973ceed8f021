// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage
import TestSupport

@testable import binfmtctl

extension HostStatus {
    /// A host with an entry of each state, most of them named after it; no file of this machine is read.
    ///
    /// - Parameter text: another host, as a fixture of a plan describes it.
    static func sample(
        of text: String = text, daemon: DaemonStatus? = .sample, names: [String] = []
    ) throws -> HostStatus {
        let registry = ModelRegistry()
        let planCase = PlanCase("sample", text: text)
        let ownership = try planCase.prepare(registry) { try registry.disable($0) }
        let observed = try registry.observe()
        var circumstances = Plan.Circumstances()
        circumstances.suspended[name("suspended")] = .reported(
            ReportedReason(code: .suspended, "another program keeps removing it"))
        circumstances.failures[name("failed")] = .reported(
            ReportedReason(code: .writeFailed, "cannot register 'failed': Invalid argument"))
        circumstances.masked = [
            Configuration.Masked(name: name("masked"), mask: SourceLocation(file: "/etc/binfmt.d/masked.conf"))
        ]
        let snapshot = HostSnapshot(
            configuration: planCase.configuration, observed: observed,
            plan: Plan(planCase.desired, observed, ownership, circumstances), heldFiles: { _ in nil })
        let hostPaths = HostPaths(root: "/nowhere", registry: "/nowhere/binfmt_misc")
        return HostStatus(hostPaths, snapshot, daemon, names: names)
    }

    private static func name(_ text: String) -> EntryName { EntryName(observed: text.utf8) }

    private static let text = """
        [kernel]
        foreign :foreign:E::foreign::/nowhere/foreign:P
        ours :active:E::active::/nowhere/active:
        ours :shadowed:M::SHADOWED::/nowhere/shadowed:
        stale :stale:E::stale::/nowhere/stale:F
        ours :box:M::\\x7fELF\\x01\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x28\\x00:\
        \\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:/nowhere/box:
        ours :covering:M::SHADOW::/nowhere/covering:OC
        [declared]
        [qemu]
        targets = "installed"
        interpreter = "/nowhere/qemu-{target}"
        except = \(QemuTarget.known.map(\.name).filter { $0 != "arm" })
        [entry.active]
        extension = "active"
        interpreter = "/nowhere/active"
        [entry.covering]
        magic = "SHADOW"
        interpreter = "/nowhere/covering"
        credentials = true
        priority = 1
        [entry.shadowed]
        magic = "SHADOWED"
        interpreter = "/nowhere/shadowed"
        [entry.stale]
        extension = "stale"
        interpreter = "/nowhere/stale"
        fix-binary = true
        [entry.box]
        preset = "elf-arm"
        interpreter = "/nowhere/box"
        [entry.pending]
        extension = "pending"
        interpreter = "/nowhere/pending"
        [entry.waiting]
        extension = "waiting"
        interpreter = "/nowhere/waiting"
        fix-binary = true
        [entry.suspended]
        extension = "suspended"
        interpreter = "/nowhere/suspended"
        [entry.refused]
        magic = "#!"
        interpreter = "/nowhere/refused"
        [entry.failed]
        extension = "failed"
        interpreter = "/nowhere/failed"
        [entry.native]
        preset = "qemu-x86_64"
        [entry.disabled]
        extension = "disabled"
        interpreter = "/nowhere/disabled"
        enabled = false
        [missing]
        /nowhere/waiting
        """
}

extension DaemonStatus {
    /// A daemon that has repaired an entry.
    static var sample: DaemonStatus {
        var status = DaemonStatus(process: 42, verdict: .degraded)
        var record = Record()
        record.repairs = 2
        status.entries[EntryName(observed: "active".utf8)] = record
        return status
    }
}
