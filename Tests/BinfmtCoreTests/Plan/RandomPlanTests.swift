// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import TestSupport
import Testing

@testable import BinfmtCore

/// Properties that hold for every plan, checked in thousands of random situations.
@Suite struct RandomPlanTests {
    @Test(arguments: UInt64(0)..<4)
    func leadsWhereItShould(thousand: UInt64) throws {
        for seed in thousand * 1000..<(thousand + 1) * 1000 {
            var generator = PlanCaseGenerator(seed: seed)
            let text = generator.text(size: 6)
            try RandomPlan(PlanCase("seed \(seed)", text: text), text: text, hasStaging: seed.isMultiple(of: 3))
                .check(isQuiet: !seed.isMultiple(of: 4))
        }
    }

    @Test func theSeedsMakeSituationsOfEveryKind() throws {
        var kinds: Set<Change.Kind> = []
        var causes: Set<ReasonCode> = []
        for seed in UInt64(0)..<300 {
            var generator = PlanCaseGenerator(seed: seed)
            let planCase = PlanCase("seed \(seed)", text: generator.text(size: 6))
            let registry = ModelRegistry()
            let ownership = try planCase.prepare(registry) { try registry.disable($0) }
            for change in planCase.plan(try registry.observe(), ownership, isQuiet: seed != 0).changes {
                kinds.insert(change.kind)
                causes.insert(change.cause.code)
            }
        }
        #expect(kinds == Set(Change.Kind.allCases))
        #expect(causes.count > 12, "\(causes)")
    }
}
