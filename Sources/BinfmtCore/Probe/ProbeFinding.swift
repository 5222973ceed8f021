// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The result of the test of one entry: whether it runs programs of its architecture, and if not, why.
package struct ProbeFinding: Sendable {
    package enum State: String, Sendable, CaseIterable {
        case works
        /// Works in this root only, as an entry without `F` does: the kernel looks the interpreter up in the caller's root.
        case worksHere = "works-here-only"
        /// It has `F`, but the interpreter's loader is not held by the kernel.
        case dynamic = "interpreter-dynamic"
        /// It has `P`, but the emulator does not support that.
        case nameLost = "argv0-lost"
        case notRegistered = "not-registered"
        case disabled
        /// It was not run, because another user could have written the interpreter.
        case unsafe = "unsafe-interpreter"
        case wrongEntry = "wrong-entry"
        case interpreterMissing = "interpreter-missing"
        case interpreterBroken = "interpreter-broken"
        case tooOld = "too-old"
        case crashed
        case timedOut = "timed-out"
        case failed

        /// Whether the entry does what it is declared to do.
        package var isGood: Bool { self == .works || self == .worksHere }
    }

    package let name: String
    /// The architecture of the program.
    package let architecture: String
    package let state: State
    /// Details, for people to read.
    package let remark: String?
    package let run: ProbeRun?

    package init(name: String, architecture: String, state: State, remark: String?, run: ProbeRun? = nil) {
        self.name = name
        self.architecture = architecture
        self.state = state
        self.remark = remark
        self.run = run
    }

    /// - Parameters:
    ///   - entry: the entry that is tested.
    ///   - prediction: what the kernel does with the program in the empty root.
    ///   - run: what it did.
    ///   - ownRun: what it did in this process's own root; nil if that was not tried.
    package init(
        _ entry: ObservedEntry, architecture: ProbeArchitecture, prediction: Execution, run: ProbeRun?,
        ownRun: ProbeRun?
    ) {
        let (state, remark) = Self.judge(entry, prediction, run, ownRun)
        self.init(
            name: entry.name.description, architecture: architecture.name, state: state, remark: remark, run: run)
    }

    /// An entry whose interpreter was not run.
    package init(_ entry: ObservedEntry, architecture: ProbeArchitecture, hazard: Hazard) {
        self.init(
            name: entry.name.description, architecture: architecture.name, state: .unsafe,
            remark: "not run, because it could be another user's program: \(hazard)")
    }

    private static func judge(
        _ entry: ObservedEntry, _ prediction: Execution, _ run: ProbeRun?, _ ownRun: ProbeRun?
    ) -> (State, String?) {
        if !entry.isEnabled { return (.disabled, "it is disabled in the kernel") }
        guard let taker = prediction.entry else { return (.notRegistered, "the registry is switched off") }
        if taker.name != entry.name {
            return (.wrongEntry, "'\(taker.name)' takes these programs first (\(taker.interpreter.printable))")
        }
        guard let run else { return (.failed, "it was not tested") }
        switch run.end {
        case .exited(ProbeProgram.exitStatus) where taker.flags.contains(.loader):
            return (.works, "the loader \(taker.interpreter.printable) was not tried: the test program needs none")
        case .exited(ProbeProgram.exitStatus): return (.works, remark(run.emulator, taker, prediction))
        case .exited(ProbeProgram.pathStatus):
            guard taker.flags.contains(.preserveArgv0) else { return (.works, remark(run.emulator, taker, prediction)) }
            return (.nameLost, "argv[0] becomes the path, although the entry has P: the emulator does not support it")
        case .exited(let status): return exited(status, run)
        case .killed(let signal): return killed(signal, run, taker)
        case .timedOut: return (.timedOut, "it was still running after \(seconds(run.duration)) and was killed")
        case .refused(let error): return refused(error, taker, prediction, ownRun)
        }
    }

    private static func remark(_ emulator: Emulator?, _ taker: Entry, _ prediction: Execution) -> String? {
        if let other = prediction.undecided.first { return "perhaps by '\(other.name)', which \(other.match)" }
        let path = taker.interpreter.printable
        switch emulator?.file {
        case .replaced(let version):
            return "stale: \(path) has been replaced" + (version.map { " (\($0))" } ?? "") + "; re-register it"
        case .gone: return "held by the kernel; this host has no \(path)"
        case .current, nil: return nil
        }
    }

    private static func exited(_ status: UInt8, _ run: ProbeRun) -> (State, String?) {
        let line = run.errorLine.map { ": \($0)" } ?? ""
        // What QEMU 7.2 prints, after a file's name, about a header's flags or a processor that it does not know.
        let isUnknown = run.errorLine?.split(separator: ":").contains { words in
            words.hasPrefix(" Invalid ELF image") || words.hasPrefix(" unable to find CPU")
        }
        if isUnknown == true { return (.tooOld, "the emulator does not know such programs\(line)") }
        return (.failed, "it exits with \(status)\(line)")
    }

    private static func killed(_ signal: Int32, _ run: ProbeRun, _ taker: Entry) -> (State, String?) {
        let illegalInstruction: Int32 = 4
        let name = signalNames[signal] ?? "signal \(signal)"
        let line = run.errorLine.map { ": \($0)" } ?? ""
        if signal == illegalInstruction {
            let isQemu = taker.interpreter.isQemu || run.emulator?.version?.hasPrefix("QEMU ") == true
            let list = "\(taker.interpreter.printable) -cpu help"
            let advice = isQemu ? "; the variable QEMU_CPU chooses another: see \(list)" : ""
            return (.tooOld, "the emulated processor may lack an instruction (\(name))\(line)\(advice)")
        }
        return (.crashed, "it is killed by \(name)\(line)")
    }

    /// The signals that end a broken program (signal(7)); their numbers are the same wherever Swift runs on Linux.
    private static let signalNames: [Int32: String] = [
        4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 31: "SIGSYS",
    ]

    private static func refused(
        _ error: Errno, _ taker: Entry, _ prediction: Execution, _ ownRun: ProbeRun?
    ) -> (State, String?) {
        let path = taker.interpreter.printable
        let worksHere = ownRun?.isSuccess == true
        switch prediction.failure?.reason {
        case .unusable(_, .interpreter, let because):
            if worksHere { return (.worksHere, "a chroot or container needs \(path), because the entry lacks F") }
            return (.interpreterMissing, "\(path) \(because ?? "does not exist")")
        case .loaderUnusable(let loader, _):
            let here = worksHere ? "works on this host only: " : ""
            return (.dynamic, "\(here)\(path) is dynamically linked, by \(loader.printable)")
        case .heldScriptMissing:
            let here = worksHere ? "works on this host only: " : ""
            return (.interpreterMissing, "\(here)\(path) is a script, which a chroot or container needs, too")
        case .unrecognised, .damaged, .loaderUnfit, .tooDeep, .unusable:
            return (.interpreterBroken, "\(path) cannot be run: \(error)")
        case .foreignLoaderMissing, nil: return (.failed, "execve(2) failed: \(error)")
        }
    }

    private static func seconds(_ duration: Duration) -> String {
        let tenths = duration.components.seconds * 10 + duration.components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
