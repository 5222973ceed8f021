// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import TestSupport
import Testing

@testable import BinfmtCore

/// A situation and the one pass that ends it.
final class RandomPlan {
    private let planCase: PlanCase
    private let text: String
    private let registry: ModelRegistry
    private var ownership: Ownership

    /// - Parameter hasStaging: whether the kernel can register an entry disabled.
    init(_ planCase: PlanCase, text: String, hasStaging: Bool) throws {
        self.planCase = planCase
        self.text = text
        let registry = ModelRegistry(hasStaging ? .transparent : KernelVersion(6, 18))
        self.registry = registry
        ownership = try planCase.prepare(registry) { try registry.disable($0) }
    }

    /// - Parameter isQuiet: if not, a pass that only serves comes first.
    func check(isQuiet: Bool) throws {
        let foreign = try registry.observe().entries.filter { !ownership.owns($0) }
        if !isQuiet { _ = try pass(isQuiet: false) }
        let before = try registry.observe()
        let owned = ownership
        let plan = try pass(isQuiet: true)
        let after = try registry.observe()

        expectNothingMore(plan)
        expectWhatIsDeclared(plan, after)
        expectOrder(plan, after)
        expectFewestRegistrations(plan, before, owned, after)
        expectNothingOfOthersTouched(plan, foreign, after)
        expectNoLeftovers(plan, after)
        #expect(try Ownership(parsing: ownership.text) == ownership, note(plan))
    }

    /// Carries out a plan and checks after each write which files are served.
    private func pass(isQuiet: Bool) throws -> Plan {
        let before = try registry.observe()
        let plan = planCase.plan(
            before, ownership, isQuiet: isQuiet, hasStaging: registry.features.has(.staging))
        let due = served(before, plan).intersection(Sample.served(plan.wanted.map(\.entry)))
        for (index, step) in plan.steps.enumerated() {
            try registry.perform(step.write)
            let unserved = due.subtracting(Sample.served(try registry.observe().entries))
            #expect(
                unserved.isEmpty, "unserved after write \(index) are \(unserved.map { Sample.all[$0] }); \(note(plan))")
        }
        ownership = ownership.recorded(after: plan, try registry.observe())
        return plan
    }

    /// The files that some entry serves, except left-over stand-ins whose names are needed for another pattern: files
    /// that only they serve are unserved between two writes.
    private func served(_ before: ObservedState, _ plan: Plan) -> Set<Int> {
        let wanted = Dictionary(plan.wanted.map { ($0.entry.name.standIn, $0.entry) }, uniquingKeysWith: { $1 })
        return Sample.served(
            before.entries.filter { found in
                guard let recognition = wanted[found.name]?.recognition else { return true }
                return found.recognition?.covers(recognition) == true
            })
    }

    private func note(_ plan: Plan) -> Comment {
        "\(planCase.name):\n\(text)[plan]\n\(plan.canonicalText)"
    }

    // MARK: - Requirements after the pass

    private func expectNothingMore(_ plan: Plan) {
        guard let after = try? registry.observe() else { return }
        let again = planCase.plan(after, ownership, hasPassed: true)
        #expect(again.isInSync, "then: \(again.canonicalText)\(note(plan))")
    }

    /// Every entry that is not an offer is registered; an offer is registered, or another entry has its files or its
    /// name.
    private func expectWhatIsDeclared(_ plan: Plan, _ after: ObservedState) {
        let wanted = Set(plan.wanted.map(\.entry.name))
        for desired in planCase.desired.entries {
            let found = after[desired.entry.name]
            if wanted.contains(desired.entry.name) {
                #expect(found?.entry == desired.entry && found?.isEnabled == true, note(plan))
                continue
            }
            #expect(desired.declared.isOffer, "'\(desired.entry.name)' is missing; \(note(plan))")
            let isCovered = after.entries.contains {
                $0.isEnabled && $0.name != desired.entry.name
                    && $0.recognition?.covers(desired.entry.recognition) == true
            }
            #expect(isCovered || found != nil, "'\(desired.entry.name)' has no other entry; \(note(plan))")
        }
    }

    private func expectOrder(_ plan: Plan, _ after: ObservedState) {
        for (upper, lower) in RequiredOrder(
            plan.wanted.map(\.desired), foreign: after.entries.filter { !ownership.owns($0) }
        ).pairs {
            let places = [upper, lower].map { name in after.entries.firstIndex { $0.name == name } ?? -1 }
            #expect(places[0] < places[1], "'\(upper)' must come before '\(lower)'; \(note(plan))")
        }
    }

    /// No smaller set of re-registrations would give the required order.
    private func expectFewestRegistrations(
        _ plan: Plan, _ before: ObservedState, _ owned: Ownership, _ after: ObservedState
    ) {
        let registered = Set(plan.wanted.filter(\.isRegistered).map(\.name))
        let forced = plan.wanted.map(\.desired).filter { desired in
            guard let found = before[desired.entry.name], found.entry == desired.entry else { return true }
            guard desired.entry.holdsInterpreters, let files = desired.interpreterFiles else { return false }
            let record = owned.records[found.name]
            return record?.registration != found.registration || record?.interpreter != files
        }
        let free = Set(plan.wanted.map(\.entry.name)).subtracting(forced.map(\.entry.name))
        #expect(registered.isSuperset(of: forced.map(\.entry.name)), note(plan))
        guard free.count <= 6 else { return }

        let order = RequiredOrder(plan.wanted.map(\.desired), foreign: after.entries.filter { !ownership.owns($0) })
        let kept = restored(plan).reversed() + before.entries.map(\.name)
        let wanted = plan.wanted.reversed().map(\.entry.name)
        let fewest = Self.subsets(of: Array(free)).filter { chosen in
            let reregistered = wanted.filter { chosen.contains($0) || !free.contains($0) }
            return order.isKept(by: reregistered + kept.filter { !reregistered.contains($0) })
        }
        .map(\.count).min()
        #expect(registered.intersection(free).count == fewest, "\(fewest ?? 0) would do; \(note(plan))")
    }

    private func restored(_ plan: Plan) -> [EntryName] {
        plan.items.compactMap(\.change).filter { $0.kind == .restore }.map(\.name)
    }

    private static func subsets(of names: [EntryName]) -> [Set<EntryName>] {
        (0..<1 << names.count).map { bits in Set(names.indices.filter { bits >> $0 & 1 == 1 }.map { names[$0] }) }
    }

    /// With `foreign = "keep"` and with `"protect"`, except for declared names.
    private func expectNothingOfOthersTouched(_ plan: Plan, _ foreign: [ObservedEntry], _ after: ObservedState) {
        guard planCase.configuration.daemon.foreignPolicy != .remove else { return }
        let wanted = Set(plan.wanted.map(\.entry.name))
        for entry in foreign where !wanted.contains(entry.name) {
            #expect(after.entries.contains(entry), "'\(entry.name)' is not as it was; \(note(plan))")
        }
    }

    /// No entry of ours is left that no file declares, unless a broken file may declare it.
    private func expectNoLeftovers(_ plan: Plan, _ after: ObservedState) {
        if planCase.configuration.isBroken { return }
        var names = Set(plan.wanted.map(\.entry.name))
        names.formUnion(planCase.desired.withheld.filter(\.isKept).map(\.declared.name))
        let waiting = planCase.desired.withheld.filter { $0.state == .waiting }
        let isServing = { (entry: ObservedEntry) in
            // Another interpreter is declared for it, and not there yet.
            waiting.contains { withheld in
                withheld.declared.name == entry.name.standInFor ?? entry.name
                    && entry.entry.map { withheld.declared.interpreters.contains($0.interpreter) } == false
            }
        }
        for entry in after.entries where ownership.owns(entry) && !isServing(entry) {
            #expect(names.contains(entry.name.standInFor ?? entry.name), "'\(entry.name)' is left over; \(note(plan))")
        }
        if planCase.configuration.daemon.foreignPolicy == .remove {
            let left = after.entries.filter { !names.contains($0.name) && !ownership.owns($0) }
            #expect(left.isEmpty, note(plan))
        }
    }
}
