// SPDX-License-Identifier: Apache-2.0
import TestSupport

/// Makes the deeds of a walk from a seed.
struct WalkGenerator {
    private var random: SeededGenerator
    /// With `foreign = "protect"` a flush may bring an intruder back ahead of a protected entry, so that a walk has either.
    private let policies: [String]
    private let hasIntruders: Bool
    /// Deeds that undo earlier ones.
    private var pending: [Deed] = []
    private var isDead = false
    private var isStopped = false
    /// Whether the daemon is killed in this part of the walk; otherwise its calls fail.
    private var kills = true
    private var untilRest = 0

    /// The most deeds between two settled states.
    private static let part = 4000

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        hasIntruders = seed % 2 == 0
        policies = hasIntruders ? ["keep", "keep", "remove"] : ["keep", "protect", "protect", "remove"]
    }

    /// - Returns: as many steps. In the second half the daemon is not killed, so that a leak can grow.
    mutating func steps(_ count: Int) -> [Deed.Step] {
        var steps: [Deed.Step] = []
        let part = min(Self.part, max(1, count / 4))
        untilRest = Int.random(in: 50...200, using: &random)
        while steps.count < count {
            kills = steps.count < count / 2 && chance(60)
            let end = min(count, (steps.count / part + 1) * part)
            while steps.count < end { add(to: &steps, mayKill: steps.count < count / 2) }
            finish(&steps)
        }
        return steps
    }

    private mutating func add(to steps: inout [Deed.Step], mayKill: Bool) {
        let pause = chance(50) ? 0 : UInt32.random(in: 0...3000, using: &random)
        steps.append(Deed.Step(deed: deed(), pause: pause))
        untilRest -= 1
        if untilRest > 0 { return }
        untilRest = Int.random(in: 50...200, using: &random)
        if mayKill, chance(3) {
            steps += [.fight(pick(WalkWorld.ordinary)), .kill].map { Deed.Step(deed: $0) }
            isDead = true
        }
        if chance(85) { undoAll(&steps) }
        if chance(70) { steps.append(Deed.Step(deed: .reload)) }
        rest(&steps)
        kills = mayKill && chance(60)
        // What a single deed needs is not done for the sake of another one.
        while chance(60) {
            if chance(30) {
                for deed in rareDeeds(mayKill: mayKill) { steps.append(Deed.Step(deed: deed)) }
                rest(&steps)
                continue
            }
            let lone = chance(30) ? mountDeed() : deed()
            if lone == .reload { continue }
            steps.append(Deed.Step(deed: lone))
            rest(&steps)
        }
    }

    private mutating func rest(_ steps: inout [Deed.Step]) {
        steps.append(Deed.Step(deed: .rest))
        (isDead, isStopped) = (false, false)
    }

    private mutating func finish(_ steps: inout [Deed.Step]) {
        pending = []
        (isDead, isStopped) = (false, false)
        steps.append(Deed.Step(deed: .settle))
    }

    private mutating func undoAll(_ steps: inout [Deed.Step]) {
        steps += pending.map { Deed.Step(deed: $0) }
        pending = []
    }

    // MARK: - One deed

    private mutating func deed() -> Deed {
        if isDead, chance(20) {
            isDead = false
            return .start
        }
        if isStopped, chance(20) {
            isStopped = false
            return .proceed
        }
        if !pending.isEmpty, chance(20) { return pending.remove(at: Int.random(in: pending.indices, using: &random)) }
        return switch Int.random(in: 0..<100, using: &random) {
        case 0..<38: configurationDeed()
        case 38..<58: interpreterDeed()
        case 58..<85: registryDeed()
        case 85..<90: mountDeed()
        case 90..<96: protectedDeclaration(isRewritten: false)
        default: daemonDeed()
        }
    }

    private mutating func configurationDeed() -> Deed {
        let place = anyPlace()
        switch Int.random(in: 0..<38, using: &random) {
        case 0..<16: return .declare(place, declaration(place))
        case 16..<19: return .rewrite(place, declaration(place))
        case 19..<24: return .undeclare(place)
        case 24..<27:
            pending.append(.undeclare(place))
            return .mask(place, isLink: chance(50))
        case 27..<29:
            pending.append(.declare(place, declaration(place)))
            return .damage(place)
        case 29:
            let place = protectedPlace()
            pending.append(.undeclare(place))
            return .damage(place)
        case 30..<32: return protectedDeclaration(isRewritten: true)
        case 32..<35: return .undeclare(protectedPlace())
        default: return .set(settings())
        }
    }

    private mutating func interpreterDeed() -> Deed {
        let interpreter = pick(Interpreter.ordinary + Interpreter.qemu)
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<7: return .replace(interpreter, version: version())
        case 7..<15: return .replace(pick(Interpreter.kept(pick(WalkWorld.protected))), version: version())
        case 15, 16:
            return interpreter.isLink
                ? .replace(interpreter, version: version()) : .overwrite(interpreter, version: version())
        case 17:
            pending.append(.replace(interpreter, version: version()))
            return .uninstall(interpreter)
        case 18:
            if interpreter.isLink { return .replace(interpreter, version: version()) }
            pending.append(.setMode(interpreter, isUnsafe: false))
            return .setMode(interpreter, isUnsafe: true)
        default:
            let directory = pick([InterpreterDirectory.a, .b, .c])
            pending.append(.setDirectoryMode(directory, isUnsafe: false))
            return .setDirectoryMode(directory, isUnsafe: true)
        }
    }

    private mutating func registryDeed() -> Deed {
        let foreign = Int.random(in: WalkWorld.foreign.indices, using: &random)
        switch Int.random(in: 0..<270, using: &random) {
        case 0..<60: return .unregister(pick(WalkWorld.ordinary + WalkWorld.qemu))
        case 60..<75: return .unregister(pick(WalkWorld.protected))
        case 75..<85: return .unregister("~binfmtd~" + pick(WalkWorld.ordinary + WalkWorld.protected))
        case 85..<90: return .flush
        case 90..<93: return .disableRegistry
        case 93..<110: return .disable(pick(WalkWorld.ordinary + WalkWorld.protected))
        case 110..<150: return .register(foreign: foreign, magic: "THEIRS\(foreign)")
        case 150..<165: return .register(foreign: foreign, magic: WalkWorld.magic(pick(WalkWorld.ordinary), length: 2))
        case 165..<205: return .unregister(WalkWorld.foreign[foreign])
        case 205..<215: return .disable(WalkWorld.foreign[foreign])
        case 215..<222: return .enable(WalkWorld.foreign[foreign])
        case 222..<240: return .usurp(pick(WalkWorld.ordinary))
        case 240..<244: return hasIntruders ? .intrude(pick(WalkWorld.protected)) : .reload
        default: return .truncate(pick(WalkWorld.ours + WalkWorld.foreign))
        }
    }

    private mutating func mountDeed() -> Deed {
        let directory = pick(InterpreterDirectory.allCases)
        if chance(40) {
            pending.append(.unmountDropIns)
            return .mountOverDropIns
        }
        pending.append(.unmount(directory))
        return directory == .kept || chance(60) ? .mountOther(directory) : .mountEmpty(directory)
    }

    /// Deeds that would hardly ever meet by chance.
    private mutating func rareDeeds(mayKill: Bool) -> [Deed] {
        let place = ConfigPlace(entry: pick(WalkWorld.ordinary), layer: pick([.etc, .run]))
        let write = Int.random(in: 1...6, using: &random)
        let alone = ConfigPlace.all.filter { $0.entry == place.entry }.map(Deed.undeclare) + [.rest]
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return alone + [.declareUnsafe(place, declaration(place)), .rest, .makeSafe(place)]
        case 1:
            let place = ConfigPlace(entry: place.entry, layer: .run)
            return alone + [.flicker(place, declaration(place), declaration(place))]
        case 2 where policies.contains("protect"):
            var settings = settings()
            settings.foreign = "protect"
            let foreign = Int.random(in: WalkWorld.foreign.indices, using: &random)
            let flush: Deed = chance(50) ? .flush : .interrupt(place, declaration(place), write: write, by: .flush)
            return [.set(settings), .register(foreign: foreign, magic: "THEIRS\(foreign)"), .rest, flush]
        default:
            if !mayKill { return [.reload] }
            // What a daemon registered that did not live to note it is not foreign to the next one.
            return alone + [.interrupt(place, declaration(place), write: write, by: .kill)]
                + (chance(50) ? [.undeclare(place)] : [])
        }
    }

    private mutating func daemonDeed() -> Deed {
        switch Int.random(in: 0..<40, using: &random) {
        case 0..<22: return .reload
        case 22..<26:
            isStopped = true
            return .stop
        default:
            if !kills {
                return .fail(
                    call: Int.random(in: 1...60, using: &random), choice: Int.random(in: 0...2, using: &random))
            }
            if !chance(25) { return .reload }
            (isDead, isStopped) = (true, false)
            return .kill
        }
    }

    // MARK: - Chance

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }

    private mutating func version() -> UInt8 { UInt8.random(in: 0...14, using: &random) }

    private mutating func anyPlace() -> ConfigPlace {
        ConfigPlace(
            entry: pick(WalkWorld.ordinary), layer: pick(ConfigPlace.Layer.allCases),
            format: chance(70) ? .toml : .conf)
    }

    /// Below /usr/lib the declaration stays.
    private mutating func protectedPlace() -> ConfigPlace {
        ConfigPlace(entry: pick(WalkWorld.protected), layer: chance(70) ? .etc : .run)
    }

    private mutating func flags() -> String { "POCF".filter { $0 == "F" ? chance(50) : chance(20) } }

    private mutating func declaration(_ place: ConfigPlace) -> Declaration {
        Declaration(
            length: Int.random(in: 1...3, using: &random), interpreter: pick(Interpreter.ordinary), flags: flags(),
            priority: place.format == .conf ? 0 : Int.random(in: -1...1, using: &random))
    }

    private mutating func protectedDeclaration(isRewritten: Bool) -> Deed {
        let place = protectedPlace()
        let declaration = Declaration(
            interpreter: pick(Interpreter.kept(place.entry)), flags: flags(),
            priority: Int.random(in: -1...1, using: &random))
        return isRewritten ? .rewrite(place, declaration) : .declare(place, declaration)
    }

    private mutating func settings() -> Settings {
        Settings(
            foreign: pick(policies), readsBinfmtD: chance(80),
            targets: ["riscv64", "s390x"].filter { _ in chance(50) },
            holdsQemu: chance(70))
    }
}
