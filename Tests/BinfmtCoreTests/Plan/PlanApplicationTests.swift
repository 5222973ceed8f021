// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import TestSupport
import Testing

/// The writes and outcomes of a plan when the kernel refuses some of the writes.
@Suite struct PlanApplicationTests {
    /// A kernel that refuses some writes, and records all of them.
    private final class Kernel {
        private let refuses: (KernelWrite) -> Errno?
        private(set) var made: [String] = []
        private(set) var batches: [Int] = []

        init(refusing refuses: @escaping (KernelWrite) -> Errno? = { _ in nil }) { self.refuses = refuses }

        func perform(_ writes: [KernelWrite]) -> (done: Int, error: Errno?) {
            batches.append(writes.count)
            for (done, write) in writes.enumerated() {
                if let error = refuses(write) { return (done, error) }
                made.append("\(write)")
            }
            return (writes.count, nil)
        }
    }

    private func plan(declared: String, kernel: String = "") throws -> Plan {
        let planCase = PlanCase(
            "made up", text: "[kernel]\n\(kernel)[declared]\n[qemu]\ntargets = []\n\(declared)[plan]\n")
        let registry = ModelRegistry()
        let ownership = try planCase.prepare(registry) { try registry.disable($0) }
        return planCase.plan(try registry.observe(), ownership)
    }

    private func entries(_ count: Int) -> String {
        (0..<count).map { "[entry.e\($0)]\nextension = \"x\($0)\"\ninterpreter = \"/bin/true\"\n" }.joined()
    }

    private static let replaced = "[entry.a]\nmagic = \"A\"\ninterpreter = \"/bin/cat\"\n"

    @Test func makesEveryWriteInOrder() throws {
        let plan = try plan(declared: entries(150))
        let kernel = Kernel()
        let applied = PlanApplication(plan, perform: kernel.perform)
        #expect(kernel.made == plan.steps.map { "\($0.write)" })
        #expect(kernel.batches == [64, 64, 22])
        #expect(applied.outcomes.count == 150)
        #expect(applied.outcomes.allSatisfy { $0.failure == nil })
        #expect(!applied.hasFailed)
    }

    @Test func makesNoMoreWritesOfAnEntryThatWasRefusedOne() throws {
        let plan = try plan(
            declared: Self.replaced + entries(1), kernel: "ours :a:M::A::/bin/true:\n")
        let kernel = Kernel {
            if case .register(let string) = $0, "\(string.name)" == "~binfmtd~a" { .noSpace } else { nil }
        }
        let applied = PlanApplication(plan, perform: kernel.perform)
        #expect(kernel.made == ["register 'e0'"])
        #expect(applied.outcomes.map { "\($0.change.name)" }.sorted() == ["a", "e0"])
        let failure = try #require(applied.outcomes.first { "\($0.change.name)" == "a" }?.failure)
        #expect(failure.error == .noSpace)
        #expect("\(failure.write)" == "register '~binfmtd~a'")
        #expect(applied.hasFailed)
    }

    @Test func explainsARefusalByTheEntryThatItIsFor() throws {
        let plan = try plan(declared: Self.replaced)
        let applied = PlanApplication(
            plan, perform: { _ in (0, .permissionDenied) },
            explain: { error, _, entry in error == .permissionDenied ? .obstacle(.noexec, entry.interpreter) : nil })
        #expect(applied.outcomes.first?.failure?.refusal == .obstacle(.noexec, "/bin/cat"))
    }

    /// Each refusal causes at most one batch to be passed again.
    @Test func manyRefusalsAreLinear() throws {
        let plan = try plan(declared: entries(1000))
        let kernel = Kernel { _ in .noMemory }
        let applied = PlanApplication(plan, perform: kernel.perform)
        #expect(kernel.made.isEmpty)
        #expect(applied.outcomes.count { $0.failure != nil } == 1000)
        #expect(kernel.batches.count == 1000)
        #expect(kernel.batches.max() == 64)
    }

    @Test func aKernelThatStopsWithoutAReasonIsAFailure() throws {
        let applied = PlanApplication(try plan(declared: Self.replaced), perform: { _ in (0, nil) })
        #expect(applied.outcomes.first?.failure?.error == .ioError)
    }

    @Test func anEntryThatMakesWayForAnotherFailsWithIt() throws {
        // The offer is unregistered in favour of the entry that takes its files.
        let plan = try plan(declared: entries(1), kernel: "ours :gone:E::g::/bin/true:\n")
        let kernel = Kernel { if case .unregister = $0 { .ioError } else { nil } }
        let applied = PlanApplication(plan, perform: kernel.perform)
        #expect(applied.outcomes.first { "\($0.change.name)" == "gone" }?.failure?.error == .ioError)
        #expect(applied.outcomes.first { "\($0.change.name)" == "e0" }?.result == .done)
    }
}
