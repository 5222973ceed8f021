// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What should be in the kernel: the configuration, as far as this host can have it.
package struct DesiredState: Sendable {
    /// What can be registered, in the reverse of matching order: the entry that must be asked last comes first.
    package let entries: [DesiredEntry]
    package let withheld: [WithheldEntry]

    package init(_ configuration: Configuration, _ facts: HostFacts) {
        var wanted: [DesiredEntry] = []
        var withheld: [WithheldEntry] = []
        for declared in configuration.entries {
            switch Self.resolve(declared, facts) {
            case .wanted(let desired): wanted.append(desired)
            case .withheld(let state, let reason):
                withheld.append(WithheldEntry(declared: declared, state: state, reason: reason))
            case .kept(let reason):
                withheld.append(
                    WithheldEntry(declared: declared, state: .waiting, reason: reason, isKept: true))
            case .undeclared: break
            }
        }
        entries = wanted
        self.withheld = withheld
    }

    private enum Verdict {
        case wanted(DesiredEntry)
        case withheld(EntryState, WithheldReason)
        /// Its interpreter has just gone, or cannot be looked at; the kernel may still hold it.
        case kept(WithheldReason)
        /// An offer for which this host has no interpreter or no need.
        case undeclared
    }

    private static func resolve(_ declared: DeclaredEntry, _ facts: HostFacts) -> Verdict {
        guard declared.isEnabled, let recognition = declared.recognition else { return .withheld(.disabled, .disabled) }
        if let target = declared.qemuTarget, facts.nativeTargets.contains(target) {
            return declared.isOffer ? .undeclared : .withheld(.refused, .native)
        }
        if let detector = declared.missingDetector {
            return .withheld(.refused, .detectorMissing(detector: detector))
        }

        let found = firstPresent(declared.interpreters, facts)
        if let reason = unreadable(before: found?.path, declared, facts) { return .kept(reason) }
        if found == nil, declared.needsInterpreter || declared.flags.contains(.fixBinary),
            let vanished = declared.interpreters.first(where: facts.vanished.contains)
        {
            return .kept(.interpreterVanished(vanished, grace: HostFacts.vanishedGrace))
        }
        if found == nil, declared.needsInterpreter { return .undeclared }
        guard let interpreter = found?.path ?? declared.interpreters.first else {
            return .withheld(.refused, .noInterpreter)
        }
        if !declared.allowsNative, let captured = facts.native.captured(by: recognition) {
            return .withheld(.refused, .captures(captured, interpreter: interpreter))
        }
        if !declared.allowsUnsafeInterpreter, let hazard = found?.file.hazard {
            return .withheld(.refused, .unsafeInterpreter(hazard))
        }
        if found == nil, declared.flags.contains(.fixBinary) {
            return .withheld(.waiting, .interpreterMissing(declared.interpreters))
        }
        let entry = Entry(
            name: declared.name, recognition: recognition, interpreter: interpreter, flags: declared.flags)
        do {
            return .wanted(
                try DesiredEntry(
                    declared: declared, entry: entry, interpreterFile: found?.file.identity,
                    caveat: caveat(entry, found?.file)))
        } catch {
            return .withheld(.refused, .notExpressible(error))
        }
    }

    private static func firstPresent(
        _ candidates: [FilePath], _ facts: HostFacts
    ) -> (path: FilePath, file: InterpreterFile)? {
        for path in candidates {
            if let file = facts.interpreters[HashedPath(path)], file.identity != nil { return (path, file) }
        }
        return nil
    }

    /// The first candidate ahead of the one that was found of which it is not known whether it exists; nil where there
    /// is none, or where that does not matter.
    private static func unreadable(
        before found: FilePath?, _ declared: DeclaredEntry, _ facts: HostFacts
    ) -> WithheldReason? {
        let isIndifferent = !declared.needsInterpreter && !declared.flags.contains(.fixBinary)
        if isIndifferent, declared.interpreters.count == 1 { return nil }
        for path in declared.interpreters.prefix(while: { $0 != found }) {
            if let failure = facts.interpreters[HashedPath(path)]?.failure {
                return .interpreterUnreadable(path, failure)
            }
        }
        return nil
    }

    private static func caveat(_ entry: Entry, _ file: InterpreterFile?) -> Caveat? {
        guard let file else { return .interpreterAbsent(entry.interpreter) }
        guard entry.flags.contains(.fixBinary), file.isDynamic else { return nil }
        return .interpreterDynamic(entry.interpreter)
    }
}
