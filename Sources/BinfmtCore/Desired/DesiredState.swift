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
        var recent: Candidates?
        for declared in configuration.entries {
            let candidates = recent.flatMap { $0.are(of: declared) ? $0 : nil } ?? Candidates(declared, facts)
            recent = candidates
            switch Self.resolve(declared, candidates, facts) {
            case .wanted(let desired): wanted.append(desired)
            case .withheld(let state, let reason):
                withheld.append(WithheldEntry(declared: declared, state: state, reason: reason))
            case .kept(let reason):
                withheld.append(
                    WithheldEntry(declared: declared, state: .waiting, reason: reason, isKept: true))
            case .unsupported(let reason):
                withheld.append(
                    WithheldEntry(declared: declared, state: .refused, reason: reason, isKept: true))
            case .undeclared: break
            }
        }
        entries = wanted
        self.withheld = withheld
    }

    private init(_ entries: [DesiredEntry], _ withheld: [WithheldEntry]) {
        self.entries = entries
        self.withheld = withheld
    }

    /// The part that the kernel already has.
    package func limited(to observed: ObservedState) -> DesiredState {
        DesiredState(entries.filter { observed[$0.entry.name]?.entry == $0.entry }, withheld)
    }

    /// The part that has these names.
    package func limited(to names: Set<EntryName>) -> DesiredState {
        DesiredState(
            entries.filter { names.contains($0.entry.name) }, withheld.filter { names.contains($0.declared.name) })
    }

    private enum Verdict {
        case wanted(DesiredEntry)
        case withheld(EntryState, WithheldReason)
        /// Its interpreter has just gone, or cannot be looked at; the kernel may still hold it.
        case kept(WithheldReason)
        /// This kernel refuses it; what it was before may still be there.
        case unsupported(WithheldReason)
        /// An offer for which this host has no interpreter or no need.
        case undeclared
    }

    private static func resolve(
        _ declared: DeclaredEntry, _ candidates: Candidates, _ facts: HostFacts
    ) -> Verdict {
        guard declared.isEnabled, let recognition = declared.recognition else {
            return .withheld(.disabled, declared.isRegisteredDisabled ? .registeredDisabled : .disabled)
        }
        if let (flag, other) = declared.flags.conflict { return .unsupported(.flagsConflict(flag, other)) }
        if let feature = facts.kernel.missing(for: recognition, declared.flags) {
            return .unsupported(.unsupported(feature, facts.kernel.version))
        }
        if case .handler(let handler) = recognition { return handled(declared, handler, candidates, facts) }
        if let target = declared.qemuTarget, !declared.allowsNative, facts.nativeTargets.contains(target) {
            return declared.isOffer ? .undeclared : .withheld(.native, .native)
        }
        if let detector = declared.missingDetector {
            return .withheld(.refused, .detectorMissing(detector: detector))
        }

        let found = candidates.found
        if let reason = candidates.unreadable { return .kept(reason) }
        if found == nil, declared.needsInterpreter || declared.flags.contains(.fixBinary),
            let vanished = candidates.vanished
        {
            return .kept(.interpreterVanished(vanished, grace: HostFacts.vanishedGrace))
        }
        if found == nil, declared.needsInterpreter, !candidates.hasUnsafeFile { return .undeclared }
        guard let interpreter = found?.path ?? candidates.safe.first?.path ?? declared.interpreters.first else {
            return .withheld(.refused, .noInterpreter)
        }
        if !declared.allowsNative, declared.flags.contains(.loader) {
            // The kernel goes on with a script as if no entry had taken it.
            if case .nativePrograms(let identity) = facts.native.captured(by: recognition) {
                return .withheld(.refused, .loadsNativePrograms(identity, loader: interpreter, declared.form))
            }
        } else if !declared.allowsNative, let captured = facts.native.captured(by: recognition) {
            return .withheld(.refused, .captures(captured, interpreter: interpreter, declared.form))
        }
        if candidates.safe.isEmpty, let hazard = candidates.unsafe.first {
            return .withheld(.refused, .unsafeInterpreter(hazard, declared.form))
        }
        if found == nil, declared.needsInterpreter { return .undeclared }
        if found == nil, declared.flags.contains(.fixBinary) {
            return .withheld(.waiting, .interpreterMissing(candidates.safe.map(\.path)))
        }
        let entry = Entry(
            name: declared.name, recognition: recognition, interpreter: interpreter, flags: declared.flags)
        do {
            return .wanted(
                try DesiredEntry(
                    declared: declared, entry: entry, interpreterFiles: candidates.held,
                    caveats: Caveat.all(
                        of: entry, declared, found?.file,
                        passedOver: candidates.hasUnsafeFile ? candidates.unsafe : [])))
        } catch {
            return .withheld(.refused, .notExpressible(error))
        }
    }

    /// An entry of type `B`. The kernel looks its handler up when it is registered, and opens the interpreters, so each of
    /// them must be there, as one with `F` must be.
    private static func handled(
        _ declared: DeclaredEntry, _ handler: BPFHandler, _ candidates: Candidates, _ facts: HostFacts
    ) -> Verdict {
        if let hazard = candidates.unsafe.first {
            return .withheld(.refused, .unsafeInterpreter(hazard, declared.form))
        }
        for (path, file) in candidates.safe where file.identity == nil {
            if let failure = file.failure { return .kept(.interpreterUnreadable(path, failure)) }
            if facts.vanished.contains(path) {
                return .kept(.interpreterVanished(path, grace: HostFacts.vanishedGrace))
            }
        }
        let missing = candidates.safe.filter { $0.file.identity == nil }.map(\.path)
        if !missing.isEmpty { return .withheld(.waiting, .interpreterMissing(missing)) }
        let entry = Entry(name: declared.name, handler: handler)
        do {
            return .wanted(
                try DesiredEntry(
                    declared: declared, entry: entry,
                    interpreterFiles: HeldFiles(candidates.safe.compactMap(\.file.identity)),
                    caveats: candidates.safe.compactMap { Caveat.held($0.path, $0.file) }))
        } catch { return .withheld(.refused, .notExpressible(error)) }
    }
}
