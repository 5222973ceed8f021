// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport

/// A host on which the deeds of a walk happen, with a daemon, a model of what it has to do, and a storm of execs of the
/// protected files.
final class WalkScene {
    let host: WalkHost
    let order: FaultOrder
    let storm: Storm
    var model: WalkModel
    var gaps = ServiceGaps()
    var daemon: RunningDaemon?
    var isStopped = false
    /// Whether one of the daemon's calls has failed since the last rest.
    var hadFault = false
    /// How long a rest waits for the daemon to do something.
    let patience: Duration
    /// The registrations of foreign entries, by their inode numbers.
    var registrations: [String: UInt64] = [:]
    private(set) var passes = 0
    private(set) var lives = 0
    /// The execs that fell into a gap that another program made.
    var excused = 0
    /// What each settled daemon used.
    var footprints: [Footprint] = []
    /// The last deeds, with their times.
    private(set) var recent: [(time: Int, deed: Deed)] = []
    private let started = ContinuousClock.now
    /// The number of passes when a directory was mounted, if that was after the last rest.
    var mounted: [InterpreterDirectory: Int] = [:]
    private var contests: [String: [ContinuousClock.Instant]] = [:]

    /// - Parameter settles: whether the daemon's first footprint is needed to compare others with.
    init(patience: Duration, settles: Bool) throws {
        self.patience = patience
        _ = try PrivateRegistry.open()
        host = try WalkHost()
        model = WalkModel(root: host.root.path.string)
        order = try FaultOrder(host.root.path.appending("order"))
        let root = host.root.path
        let first = WalkWorld.samples.count - WalkWorld.protected.count
        for interpreter in Interpreter.all { try host.install(interpreter, version: 0) }
        for (place, declaration) in WalkWorld.firstFiles {
            try host.put(host.text(place, declaration), at: place.path)
        }
        try host.put(host.text(Settings()), at: "etc/binfmtd/binfmtd.toml")
        // Nothing is executed before the daemon has started.
        daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: host.root, environment: order.environment)
        storm = try Storm(
            WalkWorld.protected.enumerated().map { index, name in
                (root.appending(WalkHost.sample(first + index)), WalkWorld.interpreterClass(name))
            })
        try rest()
        if settles { footprints.append(try settledFootprint()) }
    }

    deinit { if isStopped { daemon?.signal(SIGCONT) } }

    /// Ends the walk at a rest.
    func end() throws -> WalkFigures {
        let result = try storm.end()
        try judge(result.misses)
        passes += daemon?.unheardPasses() ?? 0
        if let status = daemon?.stop(), status != 0 { throw fail("the daemon ends with \(status)") }
        return WalkFigures(
            execs: result.execs, excused: excused, passes: passes, daemons: lives + 1, footprints: footprints,
            time: ContinuousClock.now - started)
    }

    // MARK: - Deeds

    func happen(_ step: Deed.Step) throws {
        recent.append((ServiceGaps.now(), step.deed))
        if recent.count > 400 { recent.removeFirst(200) }
        try happen(step.deed)
        if step.pause > 0 { usleep(step.pause) }
        hear()
    }

    func happen(_ deed: Deed) throws {
        switch deed {
        case .rest: return try rest()
        case .settle: return try settle()
        case .fight(let name): if !fight(name) { return }
        default:
            do { try perform(deed) } catch is Errno { return }
        }
        model.note(deed)
        if case .register(let number, _) = deed {
            registrations[WalkWorld.foreign[number]] = PrivateRegistry.registration(WalkWorld.foreign[number])
        }
    }

    /// Counts the passes, and ends the gaps that are over.
    func hear() {
        passes += daemon?.unheardPasses() ?? 0
        if gaps.isAnyOpen { lookAtGaps(isAtRest: false) }
    }

    func lookAtGaps(isAtRest: Bool) {
        guard let table = try? KernelTable() else { return }
        gaps.look(at: table, passes: isAtRest ? nil : passes) { file, table in
            let name = WalkWorld.protected[file]
            let server = table.server(of: WalkWorld.magic(name, length: 1))
            // The last entry's file may be served by the one before.
            let interpreters = name == "p5" ? "p" : name
            return server?.interpreter.hasPrefix(host.path("opt/kept/\(interpreters)")) == true
        }
    }

    private func beginGaps(_ files: [Int]) {
        passes += daemon?.unheardPasses() ?? 0
        gaps.begin(files, passes: passes)
    }

    private func perform(_ deed: Deed) throws {
        switch deed {
        case .declare(let place, let declaration): try host.put(host.text(place, declaration), at: place.path)
        case .rewrite(let place, let declaration):
            try host.write([], to: host.path(place.path), O_TRUNC | O_NOFOLLOW)
            try host.write(host.text(place, declaration), to: host.path(place.path), O_TRUNC)
        case .undeclare(let place): try host.remove(place.path)
        case .mask(let place, let isLink):
            if isLink { try host.link(place.path, to: "/dev/null") } else { try host.put([], at: place.path) }
        case .damage(let place): try host.put(Array("[entry.\n:x:\n".utf8), at: place.path)
        case .declareUnsafe(let place, let declaration):
            // What other files of the entry declare would be in force.
            guard model.files.keys.allSatisfy({ $0.entry != place.entry || $0 == place }) else {
                throw Errno.resourceBusy
            }
            try host.put(host.text(place, declaration), at: place.path, mode: 0o666)
        case .makeSafe(let place):
            guard case .unsafe = model.files[place] else { throw Errno.noSuchFileOrDirectory }
            try host.setMode(place.path, 0o644)
        case .flicker(let place, let first, let second): try flicker(place, first, second)
        case .set(let settings): try host.put(host.text(settings), at: "etc/binfmtd/binfmtd.toml")
        case .replace(let interpreter, let version): try host.install(interpreter, version: version)
        case .overwrite(let interpreter, let version): try host.overwrite(interpreter, version: version)
        case .uninstall(let interpreter): try host.remove(interpreter.path)
        case .setMode(let interpreter, let isUnsafe): try host.setMode(interpreter.path, isUnsafe ? 0o777 : 0o755)
        case .setDirectoryMode(let directory, let isUnsafe): try host.setMode(directory.path, isUnsafe ? 0o777 : 0o755)
        case .unregister(let name): try write("-1", to: name)
        case .disable(let name): try contest([name]) { try write("0", to: name) }
        case .enable(let name): try write("1", to: name)
        case .flush: try write("-1", to: "status")
        case .disableRegistry: try write("0", to: "status")
        case .register(let number, let magic):
            let rivals = WalkWorld.ordinary.filter { magic.hasPrefix(WalkWorld.magic($0, length: 1)) }
            try contest(rivals) { try register(WalkWorld.foreign[number], magic) }
        case .usurp(let name): try contest([name]) { try usurp(name) }
        case .intrude(let name): try contest([name]) { try intrude(name) }
        case .truncate(let name): try host.write([], to: PrivateRegistry.path.appending(name).string, O_TRUNC)
        case .mountEmpty(let directory): try host.mountEmpty(directory.path)
        case .mountOther(let directory):
            try host.mountOther(directory)
            mounted[directory] = passes
        case .unmount(let directory):
            try awaitPasses(after: mounted[directory])
            try host.unmount(directory.path)
        case .mountOverDropIns: try host.mountEmpty("etc/binfmtd/entries.d")
        case .unmountDropIns: try host.unmount("etc/binfmtd/entries.d")
        case .kill: try killDaemon()
        case .start: try start()
        case .stop: try setStopped(true)
        case .proceed: try setStopped(false)
        case .reload: daemon?.signal(SIGHUP)
        case .fail(let call, let choice):
            hadFault = hadFault || order.fault != nil
            order.fail(call, choice: choice)
        case .interrupt(let place, let declaration, let write, let interruption):
            try interrupt(place, declaration, write, interruption)
        case .fight, .rest, .settle: break
        }
    }

    /// Gives the daemon time for two passes. If a pass looks at an interpreter before a mount and again after the unmount,
    /// it cannot tell that the kernel opened another file in between.
    private func awaitPasses(after count: Int?) throws {
        guard let count, daemon != nil else { return }
        if isStopped { try setStopped(false) }
        let end = ContinuousClock.now + .seconds(1)
        while passes < count + 2, ContinuousClock.now < end {
            usleep(1000)
            hear()
        }
    }

    // MARK: - The registry

    private static let everyFile = WalkWorld.protected.indices

    /// Another program's write. Which protected files it may leave unserved follows from the name; the last entry's file may
    /// be served by the one before, if its own entry is disabled and its file broken.
    func write(_ text: String, to name: String) throws {
        let isFallback = name.hasSuffix("p4")
        if text != "1" {
            beginGaps(
                Self.everyFile.filter {
                    name == "status" || name.hasSuffix(WalkWorld.protected[$0])
                        || isFallback && WalkWorld.protected[$0] == "p5"
                })
        }
        try PrivateRegistry.write(text, to: name)
    }

    private func register(_ name: String, _ magic: String) throws {
        try PrivateRegistry.write(":\(name):M::\(magic)::\(host.path("opt/foreign")):", to: "register")
    }

    private func usurp(_ name: String) throws {
        try write("-1", to: name)
        // The daemon may have taken the name again.
        try? register(name, model.usurpingMagic(name))
    }

    private func intrude(_ name: String) throws {
        let magic = WalkWorld.magic(name, length: 1)
        beginGaps(Self.everyFile.filter { WalkWorld.magic(WalkWorld.protected[$0], length: 1).hasPrefix(magic) })
        try register("intruder", magic)
        let end = ContinuousClock.now + .milliseconds(300)
        while gaps.isAnyOpen, ContinuousClock.now < end { hear() }
        try? PrivateRegistry.write("-1", to: "intruder")
    }

    /// - Returns: whether the daemon may have suspended the entry.
    private func fight(_ name: String) -> Bool {
        let magic = model.usurpingMagic(name)
        var rounds = 0
        for _ in 0..<14 {
            try? write("-1", to: name)
            do { try register(name, magic) } catch { continue }
            rounds += 1
            let end = ContinuousClock.now + .milliseconds(150)
            while ContinuousClock.now < end, let table = try? KernelTable(),
                table.server(of: magic)?.interpreter.hasSuffix("/foreign") == true
            {
                hear()
            }
        }
        return rounds > 0
    }

    /// Makes a deed that the daemon counts against these entries, unless that could make it suspend one.
    private func contest(_ names: [String], _ deed: () throws -> Void) throws {
        let now = ContinuousClock.now
        for name in names {
            contests[name] = contests[name]?.filter { now - $0 < .seconds(4) }
            if contests[name, default: []].count >= 3 { throw Errno.resourceBusy }
        }
        for name in names { contests[name, default: []].append(now) }
        try deed()
    }

    // MARK: - The daemon

    func start() throws {
        if daemon != nil { throw Errno.resourceBusy }
        daemon = try RunningDaemon(Fixtures.program("binfmtd"), root: host.root, environment: order.environment)
        lives += 1
    }

    func killDaemon() throws {
        // What could not be written down is forgotten with the process.
        guard let daemon, !hadFault, order.fault == nil else { throw Errno.resourceBusy }
        order.cancel()
        passes += daemon.unheardPasses()
        daemon.crash()
        self.daemon = nil
        isStopped = false
    }

    func setStopped(_ isStopped: Bool) throws {
        guard let daemon, self.isStopped != isStopped else { throw Errno.invalidArgument }
        daemon.signal(isStopped ? SIGSTOP : SIGCONT)
        self.isStopped = isStopped
    }
}
