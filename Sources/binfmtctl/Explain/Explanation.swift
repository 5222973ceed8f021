// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// What happens when a file is executed, and what would make it run.
struct Explanation {
    let file: FilePath
    let chroot: FilePath?
    let execution: Execution
    let diagnosis: Diagnosis?
    /// Nil if there is no registry.
    let registry: ObservedState?
    /// The reason why there is no registry.
    let unavailable: String?
    /// Whether the file runs.
    let verdict: ExplainDocument.Verdict
    /// Entries that are declared for a file that no entry matches, and not registered.
    let declared: [StatusLine]
    /// Why `[qemu]` does not select the target of such a file.
    let deselection: ChangeCause.Deselection?
    /// The presets for such a file: the specific ones first, then those with an installed interpreter.
    let remedies: [Remedy]
    /// The installed interpreter of the first preset.
    let installed: FilePath?

    /// How to install QEMU's emulators.
    let emulatorPackage: String

    init(_ file: FilePath, in world: Execution.World, _ status: HostStatus, chroot: FilePath?) {
        self.file = file
        self.chroot = chroot
        execution = Execution(file, in: world)
        diagnosis = Diagnosis(execution)
        registry = status.snapshot?.observed
        unavailable = status.snapshot == nil ? status.summary : nil
        let isUndecided = !execution.undecided.isEmpty
        verdict =
            switch execution.failure?.reason {
            case nil: isUndecided ? .unknown : .runs
            case .unrecognised where registry == nil: .unknown
            case .some where isUndecided: .unknown
            case .some: .fails
            }
        emulatorPackage = EmulatorPackage.advice(status.hostPaths.release)
        guard case .unrecognised(let path, _) = execution.failure?.reason,
            case .found(let unknown) = execution.steps.last?.lookup
        else {
            (declared, remedies, installed, deselection) = ([], [], nil, nil)
            return
        }
        declared = status.lines.filter { line in
            line.order == nil && line.item.declared?.recognition?.matches(path, unknown.header) == true
        }
        func interpreter(of remedy: Remedy) -> FilePath? {
            remedy.interpreters.first { if case .found = world.lookUpHeld($0) { true } else { false } }
        }
        let all = Remedy.all(path: path, header: unknown.header)
        let general = all.filter { !$0.isSpecific }
        remedies =
            all.filter(\.isSpecific) + general.filter { interpreter(of: $0) != nil }
            + general.filter { interpreter(of: $0) == nil }
        installed = remedies.first.flatMap(interpreter)
        let qemu = status.snapshot?.configuration.qemu
        deselection = remedies.lazy.filter(\.isQemu).compactMap { qemu?.deselection(of: $0.preset) }.first
    }
}
