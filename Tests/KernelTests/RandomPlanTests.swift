// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The random walk of BinfmtCoreTests, on the kernel and the model at the same time.
    @Suite struct RandomPlanTests {
        private let kernel: KernelRegistry

        init() throws { kernel = try PrivateRegistry.open() }

        /// After each write both have the same table, and both give the same plans.
        @Test func theModelStaysWithTheKernel() throws {
            var writes = 0
            for seed in UInt64(0)..<400 {
                var generator = PlanCaseGenerator(seed: seed)
                let text = generator.text(size: 6)
                let planCase = PlanCase("seed \(seed)", text: text)
                let model = ModelRegistry()
                try PrivateRegistry.flush()
                var onModel = try planCase.prepare(model) { try model.disable($0) }
                var onKernel = try planCase.prepare(kernel) { try PrivateRegistry.write("0", to: $0.description) }
                for isQuiet in [false, true] {
                    let (before, found) = (try model.observe(), try kernel.observe())
                    let plan = planCase.plan(before, onModel, isQuiet: isQuiet)
                    let planned = planCase.plan(found, onKernel, isQuiet: isQuiet)
                    #expect(planned.canonicalText == plan.canonicalText, "seed \(seed):\n\(text)")
                    for (index, step) in plan.steps.enumerated() {
                        try model.perform(step.write)
                        try kernel.perform(step.write)
                        let (expected, table) = (Self.table(try model.observe()), Self.table(try kernel.observe()))
                        #expect(table == expected, "write \(index), \(step.write), of seed \(seed):\n\(text)")
                        writes += 1
                    }
                    onModel = onModel.recorded(after: plan, try model.observe())
                    onKernel = onKernel.recorded(after: planned, try kernel.observe())
                }
                let again = planCase.plan(try kernel.observe(), onKernel, hasPassed: true)
                #expect(again.isInSync, "seed \(seed):\n\(text)then \(again.canonicalText)")
            }
            #expect(writes > 3000)
        }

        /// The table without the details that only the kernel has.
        private static func table(_ state: ObservedState) -> [String] {
            [state.isEnabled ? "on" : "off"]
                + state.entries.map { "\($0.name) \($0.isEnabled) \($0.entry.map { "\($0)" } ?? "?")" }
        }
    }
}
