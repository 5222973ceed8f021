// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct PlanTests {
    private static let cases = Result { try PlanCase.all() }

    /// Each case in Tests/Fixtures/plan: its plan as text, and the state after its writes.
    @Test(arguments: try PlanCase.names())
    func comesOutAsTheFixtureSays(_ name: String) throws {
        let planCase = try PlanCase(fixture: name)
        let registry = PlanCase.registry(for: planCase)
        let ownership = try planCase.prepare(registry) { try registry.disable($0) }
        try expectConvergence(planCase, registry, ownership)
        let fresh = PlanCase.registry(for: planCase)
        let owned = try planCase.prepare(fresh) { try fresh.disable($0) }
        try planCase.expectPlan(planCase.plan(try fresh.observe(), owned))
    }

    /// From the state of every case to the declarations of every other.
    @Test func convergesFromEachStateToEachDeclaration() throws {
        let cases = try Self.cases.get()
        #expect(cases.count > 10)
        for start in cases {
            for goal in cases {
                let registry = PlanCase.registry(for: start, goal)
                let ownership = try start.prepare(registry) { try registry.disable($0) }
                try expectConvergence(goal, registry, ownership, "\(start.name) to \(goal.name)")
            }
        }
    }

    /// Whichever write fails, the next pass repairs the table.
    @Test func convergesAfterAnyFailedWrite() throws {
        for planCase in try Self.cases.get() {
            let count = try { () throws in
                let registry = PlanCase.registry(for: planCase)
                let ownership = try planCase.prepare(registry) { try registry.disable($0) }
                return planCase.plan(try registry.observe(), ownership).steps.count
            }()
            for failing in 0..<count {
                let registry = PlanCase.registry(for: planCase)
                var ownership = try planCase.prepare(registry) { try registry.disable($0) }
                let plan = planCase.plan(try registry.observe(), ownership)
                registry.failing = registry.writes + failing
                var failed: Set<EntryName?> = []
                for step in plan.steps where !failed.contains(step.subject) {
                    do { try registry.perform(step.write) } catch { failed.insert(step.subject) }
                }
                #expect(!failed.isEmpty)
                ownership = ownership.recorded(after: plan, try registry.observe())
                try expectConvergence(planCase, registry, ownership, "\(planCase.name), write \(failing) failed")
            }
        }
    }

    /// Killed between any two writes, with nothing recorded but what was announced.
    @Test func convergesAfterBeingKilledAtAnyWrite() throws {
        for planCase in try Self.cases.get() {
            let steps = try { () throws in
                let registry = PlanCase.registry(for: planCase)
                let ownership = try planCase.prepare(registry) { try registry.disable($0) }
                return planCase.plan(try registry.observe(), ownership).steps.count
            }()
            for survived in 0..<steps {
                let registry = PlanCase.registry(for: planCase)
                let ownership = try planCase.prepare(registry) { try registry.disable($0) }
                let before = try served(registry)
                let plan = planCase.plan(try registry.observe(), ownership)
                for step in plan.steps.prefix(survived) { try registry.perform(step.write) }

                let now = try served(registry)
                for pattern in plan.wanted.map(\.entry.recognition) where before.contains(where: { $0.covers(pattern) })
                {
                    #expect(
                        now.contains { $0.covers(pattern) },
                        "\(pattern) is unserved; \(planCase.name), killed after \(survived) writes")
                }
                try expectConvergence(
                    planCase, registry, ownership.announcing(plan), "\(planCase.name), killed after \(survived) writes")
            }
        }
    }

    /// The interpreter that currently serves a file.
    private func served(_ registry: ModelRegistry) throws -> Set<Recognition> {
        Set(try registry.observe().entries.filter(\.isEnabled).compactMap(\.recognition))
    }

    private func expectConvergence(
        _ planCase: PlanCase, _ registry: ModelRegistry, _ ownership: Ownership, _ comment: Comment? = nil
    ) throws {
        let foreign = try registry.observe().entries.filter { !ownership.owns($0) }
        let before = try registry.observe()
        let plan = planCase.plan(before, ownership)
        try registry.carryOut(plan)
        let after = try registry.observe()
        let settled = ownership.recorded(after: plan, after)
        let again = planCase.plan(after, settled, hasPassed: true)
        #expect(again.isInSync, "\(planCase.name): \(again.canonicalText)\(comment ?? "")")
        // While a file is broken, only a stand-in may serve the entries that it was meant to declare.
        let hasStandIn = after.entries.contains { $0.name.standInFor != nil }
        #expect(!hasStandIn || planCase.configuration.isBroken, comment)
        try expectOrder(planCase, plan, after, comment)

        // Foreign entries are unchanged, except for those whose names are declared.
        let declared = Set(plan.wanted.map(\.entry.name))
        guard planCase.configuration.daemon.foreignPolicy == .keep else { return }
        for entry in foreign where !declared.contains(entry.name) {
            #expect(after.entries.contains(entry), "\(entry.name) is gone; \(comment ?? "")")
        }
    }

    private func expectOrder(
        _ planCase: PlanCase, _ plan: Plan, _ after: ObservedState, _ comment: Comment?
    ) throws {
        let wanted = plan.wanted.map(\.entry)
        let places = Dictionary(uniqueKeysWithValues: after.entries.enumerated().map { ($0.element.name, $0.offset) })
        for (rank, lower) in wanted.enumerated() {
            for upper in wanted.dropFirst(rank + 1) where upper.recognition.overlaps(lower.recognition) {
                guard let low = places[lower.name], let high = places[upper.name] else { continue }
                #expect(high < low, "'\(upper.name)' must be asked before '\(lower.name)'; \(comment ?? "")")
            }
        }
    }
}
