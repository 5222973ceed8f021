// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// One table of writes for the kernel and for the model of it that other tests use: both must answer the same.
    @Suite struct RegistryTests {
        @Test func theModelAnswersAsTheKernelDoes() throws {
            let kernel = try PrivateRegistry.open()
            let model = ModelRegistry(try #require(RunningKernel.version), handlers: Self.handlers(of: kernel))
            model.missing = ["/nowhere"]
            // So that it knows what was registered disabled, as the daemon does.
            kernel.watch()
            let fromModel = try transcript(
                model, disable: { try model.disable($0) }, unlink: { try model.unlink($0) }, flush: { model.flush() })
            let fromKernel = try transcript(
                kernel, disable: { try PrivateRegistry.write("0", to: $0.description) },
                unlink: { name in
                    let path = PrivateRegistry.path.appending(name.description)
                    if path.withPlatformString(Glibc.unlink) != 0 { throw Errno(rawValue: errno) }
                }, flush: PrivateRegistry.flush)
            #expect(fromModel == fromKernel)
            #expect(fromKernel.count > 20)
        }

        private func transcript(
            _ registry: some Registry, disable: @escaping (EntryName) throws -> Void,
            unlink: (EntryName) throws -> Void,
            flush: () throws -> Void
        ) throws -> [String] {
            var transcript: [String] = []
            func note(_ deed: String, _ action: () throws -> Void) throws {
                var result = "done"
                do { try action() } catch { result = "\(error)" }
                let state = try registry.observe()
                let entries = state.entries.map { entry in
                    let content = entry.entry.map { "\($0.recognition), \($0.interpreterText), \($0.flags.letters)" }
                    return "\(entry.name) \(entry.isEnabled) \(content ?? "?")"
                }
                transcript.append("\(deed): \(result); \(state.isEnabled) \(entries)")
            }
            let a = try RegisterLine(Array(":a:M::MZ::/bin/true:P".utf8)).entry
            let b = try RegisterLine(Array(":b:E::jar::/bin/sh:OC".utf8)).entry
            let c = try RegisterLine(Array(#":c:M:2:ab:\xff\x0f:/bin/sh:"#.utf8)).entry
            for entry in [a, b, c, a] {
                try note("register \(entry.name)") {
                    try registry.perform(.register(RegisterString(entry)))
                }
            }
            try note("standIn b") { try registry.perform(.register(RegisterString(b).standIn)) }
            try note("standIn b again") { try registry.perform(.register(RegisterString(b).standIn)) }
            try note("unregister b") { try registry.perform(.unregister(b.name)) }
            try note("unregister b again") { try registry.perform(.unregister(b.name)) }
            try note("register b at the head") { try registry.perform(.register(RegisterString(b))) }
            try note("unregister standIn") { try registry.perform(.unregister(b.name.standIn)) }
            try note("disable a") { try disable(a.name) }
            try note("disable a again") { try disable(a.name) }
            try note("enable a") { try registry.perform(.enable(a.name)) }
            try note("enable a again") { try registry.perform(.enable(a.name)) }
            try note("enable nothing") { try registry.perform(.enable(EntryName(declaring: "nothing"))) }
            try note("replace in the middle") {
                try registry.perform(.unregister(c.name))
                try registry.perform(.register(RegisterString(c)))
            }
            try note("switch on") { try registry.perform(.enableRegistry) }
            try note("flush") { try flush() }
            try note("register into the empty one") { try registry.perform(.register(RegisterString(a))) }
            let writes: [KernelWrite] = try [
                .register(RegisterString(b).standIn), .register(RegisterString(b)),
                .register(RegisterString(a)), .register(RegisterString(c)), .unregister(b.name.standIn),
            ]
            try note("several at once") {
                transcript.append("up to the one that is there: \(registry.perform(writes))")
                transcript.append("the one that is there: \(registry.perform(Array(writes[2...])))")
                transcript.append("the rest: \(registry.perform(Array(writes[3...])))")
                transcript.append("none: \(registry.perform([KernelWrite]()))")
            }
            try note("unregister the last") { try registry.perform(.unregister(a.name)) }
            try note("unlink") { try unlink(c.name) }
            try note("unlink nothing") { try unlink(EntryName(declaring: "nothing")) }
            // What came with Linux 7.3.
            transcript.append("\(KernelFeatures.Feature.allCases.prefix(2).map(registry.features.has))")
            for flags in ["T", "TF", "TC", "TP", "L", "LF", "LT", "LO", "LC", "LP"] {
                let entry = try RegisterLine(Array(":\(flags):M::X::/bin/true:\(flags)".utf8)).entry
                try note("register with \(flags)") { try registry.perform(.register(RegisterString(entry))) }
            }
            try note("flush") { try flush() }
            try registry.perform(.register(RegisterString(a)))
            let (first, second) = try (RegisterString(b).staged, RegisterString(c).staged)
            try note("register disabled") { try registry.perform(.register(first)) }
            try note("register another disabled") { try registry.perform(.register(second)) }
            try note("register above") { try registry.perform(.register(RegisterString(b).standIn)) }
            for name in [b.name, c.name] {
                try note("enable \(name)") { try registry.perform(.enable(name)) }
                try note("disable \(name)") { try disable(name) }
                try note("enable \(name) again") { try registry.perform(.enable(name)) }
            }
            try note("unregister the staged one") { try registry.perform(.unregister(c.name)) }
            try note("end") {}
            try bind(in: registry, disable, note)
            return transcript
        }

        /// Those of the handlers in the table that are loaded here; nil for a kernel without handlers.
        private static func handlers(of registry: some Registry) -> [String]? {
            guard registry.features.has(.handlers) else { return nil }
            do { try PrivateRegistry.write(":status:B::::by_machine:", to: "register") } catch Errno.fileExists {
                return ["by_machine"]
            } catch {}
            return []
        }

        /// Entries of BPF handlers; the script `bpf` has a kernel with one.
        private func bind(
            in registry: some Registry, _ disable: @escaping (EntryName) throws -> Void,
            _ note: (String, () throws -> Void) throws -> Void
        ) throws {
            func interpreter(_ name: String, _ path: FilePath) -> BPFHandler.Interpreter {
                BPFHandler.Interpreter(name: Array(name.utf8), path: path)
            }
            func entry(_ name: String, _ handler: String, _ bound: [BPFHandler.Interpreter]) -> Entry {
                Entry(
                    name: EntryName(observed: name.utf8),
                    recognition: .handler(BPFHandler(name: handler.utf8, interpreters: bound)), interpreter: "",
                    flags: [])
            }
            let bound = [interpreter("aarch64", "/bin/true"), interpreter("riscv64", "/bin/sh")]
            let handled = entry("handled", "by_machine", bound)
            let others = [entry("sealed", "by_machine", []), entry("lost", "no_such", []), handled]
            for entry in [handled] + others {
                try note("register \(entry.name)") { try registry.perform(.register(RegisterString(entry))) }
            }
            let refused = [
                bound[1], interpreter("gone", "/nowhere"), interpreter("two words", "/bin/sh"),
                interpreter("", "/bin/sh"),
                interpreter("relative", "bin/sh"), interpreter(String(repeating: "n", count: 33), "/bin/sh"),
            ]
            for interpreter in bound + refused {
                try note("bind \(interpreter)") { try registry.perform(.bind(handled.name, interpreter)) }
            }
            for name in ["sealed", "b", "nothing"].map({ EntryName(observed: $0.utf8) }) {
                try note("bind to \(name)") { try registry.perform(.bind(name, bound[0])) }
            }
            try note("enable") { try registry.perform(.enable(handled.name)) }
            try note("bind after that") { try registry.perform(.bind(handled.name, interpreter("late", "/bin/sh"))) }
            try note("disable") { try disable(handled.name) }
            try note("bind while it is disabled") {
                try registry.perform(.bind(handled.name, interpreter("late", "/bin/sh")))
            }
            try note("the stand-in") {
                let string = try RegisterString(handled).standIn
                try registry.perform(.register(string))
                for interpreter in string.interpreters { try registry.perform(.bind(string.name, interpreter)) }
                try registry.perform(.enable(string.name))
            }
        }

        /// An entry's inode distinguishes one registration from the next.
        @Test func identifiesARegistration() throws {
            let registry = try PrivateRegistry.open()
            let entry = try RegisterLine(Array(":a:M::MZ::/bin/true:".utf8)).entry
            try registry.perform(.register(RegisterString(entry)))
            let first = try #require(try registry.observe().entries.first)
            try PrivateRegistry.write("0", to: "a")
            #expect(try registry.observe().entries.first?.registration == first.registration)
            try registry.perform(.unregister(entry.name))
            try registry.perform(.register(RegisterString(entry)))
            #expect(try registry.observe().entries.first?.registration != first.registration)
        }

        @Test func oneProgramAtATimeHasTheLock() throws {
            let first = try PrivateRegistry.open()
            #expect(try first.lock())
            let second = try KernelRegistry(at: PrivateRegistry.path)
            #expect(try !second.lock())
        }

        @Test func saysWhatIsNotARegistry() {
            #expect(throws: RegistryUnavailable.notMounted("/tmp")) { try KernelRegistry(at: "/tmp") }
            #expect(throws: RegistryUnavailable.noModule("/nowhere")) { try KernelRegistry(at: "/nowhere") }
        }

        /// From the state of every plan's case to the declarations of every other, at random, on the kernel.
        @Test func convergesOnARandomWalk() throws {
            let registry = try PrivateRegistry.open()
            let cases = try Self.casesForTheKernel()
            #expect(cases.count > 5)
            var random = SeededGenerator(seed: 3)
            var ownership = Ownership()
            for step in 0..<2000 {
                let goal = try #require(cases.randomElement(using: &random))
                let before = try registry.observe()
                let plan = goal.plan(before, ownership)
                try registry.carryOut(plan)
                let observed = try registry.observe()
                ownership = ownership.recorded(after: plan, observed)
                let again = goal.plan(observed, ownership, hasPassed: true)
                #expect(again.isInSync, "step \(step), \(goal.name): \(again.canonicalText)")
            }
        }

        /// A plan is stopped after each of its writes: declared files that were served are still served, and the next
        /// pass restores the declared state.
        @Test func isServedWhereverAPassIsStopped() throws {
            let registry = try PrivateRegistry.open()
            registry.watch()
            let stops = try stopEverywhere(
                registry, flush: PrivateRegistry.flush,
                disable: { try PrivateRegistry.write("0", to: $0.description) })
            #expect(stops > 50)
        }

        /// The same of Linux 7.3's other way, whichever kernel this is.
        @Test func isServedWhereverAStagedPassIsStopped() throws {
            let model = ModelRegistry(.transparent)
            let stops = try stopEverywhere(model, flush: model.flush, disable: { try model.disable($0) })
            #expect(stops > 50)
        }

        /// - Returns: the number of stops.
        private func stopEverywhere(
            _ registry: some Registry, flush: () throws -> Void, disable: (EntryName) throws -> Void
        ) throws -> Int {
            let hasStaging = registry.features.has(.staging)
            var stops = 0
            var staged = 0
            for planCase in try Self.casesForTheKernel() {
                var survived = 0
                while true {
                    try flush()
                    let ownership = try planCase.prepare(registry, disable: disable)
                    let before = try registry.observe()
                    let plan = planCase.plan(before, ownership, hasStaging: hasStaging)
                    if hasStaging, plan.wouldStage { staged += 1 }
                    for step in plan.steps.prefix(survived) { try registry.perform(step.write) }

                    let now = try Self.served(registry.observe())
                    for pattern in plan.wanted.map(\.entry.recognition)
                    where Self.served(before).contains(where: { $0.covers(pattern) }) {
                        #expect(
                            now.contains { $0.covers(pattern) }, "\(pattern), \(planCase.name) after \(survived) writes"
                        )
                    }
                    let announced = ownership.announcing(plan)
                    let next = planCase.plan(try registry.observe(), announced, hasStaging: hasStaging)
                    try registry.carryOut(next)
                    let after = try registry.observe()
                    let settled = announced.recorded(after: next, after)
                    let again = planCase.plan(after, settled, hasStaging: hasStaging, hasPassed: true)
                    #expect(again.isInSync, "\(planCase.name) after \(survived) writes: \(again.canonicalText)")
                    stops += 1
                    if survived == plan.steps.count { break }
                    survived += 1
                }
            }
            #expect(!hasStaging || staged > 10)
            return stops
        }

        private static func served(_ state: ObservedState) -> [Recognition] {
            state.entries.filter(\.isEnabled).compactMap(\.recognition)
        }

        /// The kernel opens an interpreter with F: those of the other cases do not exist here.
        private static func casesForTheKernel() throws -> [PlanCase] {
            try PlanCase.all().filter { planCase in
                let holds = planCase.desired.entries.contains { $0.entry.holdsInterpreters }
                if holds || planCase.hasHandlers { return false }
                let model = ModelRegistry()
                _ = try planCase.prepare(model) { try model.disable($0) }
                return try !model.observe().entries.contains { $0.entry?.flags.contains(.fixBinary) == true }
            }
        }
    }
}
