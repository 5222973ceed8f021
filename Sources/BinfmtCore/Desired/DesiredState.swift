// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What should be in the kernel: the configuration in the light of what this host has.
package struct DesiredState: Sendable {
    /// What can be registered, the entry that must be asked last first.
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
        case withheld(EntryState, String)
        /// Its interpreter has just gone, or cannot be looked at; the kernel may still hold it.
        case kept(String)
        /// An offer that this host has no use for.
        case undeclared
    }

    private static func resolve(_ declared: DeclaredEntry, _ facts: HostFacts) -> Verdict {
        guard declared.isEnabled, let recognition = declared.recognition else {
            return .withheld(.disabled, "enabled = false")
        }
        if let target = declared.qemuTarget, facts.nativeTargets.contains(target) {
            return declared.isOffer ? .undeclared : .withheld(.refused, "the processor runs these programs itself")
        }
        if let refusal = declared.refusal { return .withheld(.refused, refusal) }

        var found: (path: FilePath, file: InterpreterFile)?
        for path in declared.interpreters where found == nil {
            if let file = facts.interpreters[HashedPath(path)], file.identity != nil { found = (path, file) }
        }
        if let unknown = unknown(before: found?.path, declared, facts) { return .kept(unknown) }
        if found == nil, declared.needsInterpreter || declared.flags.contains(.fixBinary),
            let vanished = declared.interpreters.first(where: facts.vanished.contains)
        {
            return .kept(
                "\(vanished) went away; it is given \(HostFacts.vanishedGrace.components.seconds) s to come back")
        }
        if found == nil, declared.needsInterpreter { return .undeclared }
        guard let interpreter = found?.path ?? declared.interpreters.first else {
            return .withheld(.refused, "it has no interpreter")
        }
        if !declared.allowsNative, let captured = facts.native.captured(by: recognition) {
            return .withheld(
                .refused,
                "it matches \(captured): all of them would run through \(interpreter); "
                    + "allow-native = true overrides")
        }
        if !declared.allowsUnsafeInterpreter, let hazard = found?.file.hazard {
            return .withheld(
                .refused,
                "\(hazard), or allow-unsafe-interpreter = true: whoever can change it could run code as "
                    + "any caller")
        }
        if found == nil, declared.flags.contains(.fixBinary) {
            return .withheld(.waiting, Self.missingDescription(of: declared.interpreters))
        }
        let entry = Entry(
            name: declared.name, recognition: recognition, interpreter: interpreter, flags: declared.flags)
        do {
            return .wanted(
                try DesiredEntry(
                    declared: declared, entry: entry,
                    interpreterFile: found?.file.identity, caveat: caveat(entry, found?.file)))
        } catch {
            return .withheld(.refused, "\(error)")
        }
    }

    /// Why it is not known which interpreter it has, or whether it has one; nil where it is, or does not matter.
    private static func unknown(before found: FilePath?, _ declared: DeclaredEntry, _ facts: HostFacts) -> String? {
        let isFree = !declared.needsInterpreter && !declared.flags.contains(.fixBinary)
        if isFree, declared.interpreters.count == 1 { return nil }
        for path in declared.interpreters.prefix(while: { $0 != found }) {
            if let failure = facts.interpreters[HashedPath(path)]?.failure {
                return "cannot look at \(path): \(failure)"
            }
        }
        return nil
    }

    private static func caveat(_ entry: Entry, _ file: InterpreterFile?) -> String? {
        guard let file else { return "this host has no \(entry.interpreter)" }
        guard entry.flags.contains(.fixBinary), file.isDynamic else { return nil }
        return
            "\(entry.interpreter) is dynamically linked: it works on this host, but in a container it fails with \"no "
            + "such file or directory\"; a statically linked one would not (Debian: qemu-user-static)"
    }

    private static func missingDescription(of candidates: [FilePath]) -> String {
        let paths = candidates.map(\.string).joined(separator: ", ")
        return candidates.count == 1 ? "\(paths) does not exist yet" : "none of \(paths) exists yet"
    }
}
