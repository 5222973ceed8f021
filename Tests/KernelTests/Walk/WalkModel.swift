// SPDX-License-Identifier: Apache-2.0

/// What the kernel's table must be at a rest, from the deeds alone: the code under test is not asked.
///
/// A deed may come before the daemon's next pass or after it. So the model keeps for each name everything that may be
/// registered under it since the last rest, and tells which of it may be there when nothing more happens: one thing,
/// unless the history decides, as for an entry whose file is broken.
struct WalkModel {
    /// What the kernel has under a name.
    enum Outcome: Hashable {
        case absent
        /// The kernel's text.
        case ours(String)
        case foreign(String)
    }

    enum File: Hashable {
        case declares(Declaration)
        case masks
        case broken
        /// It would declare this, if others than root could not change it.
        case unsafe(Declaration)

        /// Whether it has an error.
        var isBroken: Bool {
            switch self {
            case .broken, .unsafe: true
            case .declares, .masks: false
            }
        }
    }

    let root: String
    var settings = Settings()
    var files: [ConfigPlace: File] = [:]
    /// The drop-ins below the file system that is mounted over them; nil if there is none.
    var hiddenDropIns: [ConfigPlace: File]?
    var directories = InterpreterTree()
    /// What each file has declared, for a broken one may be replaced by its last valid version.
    var history: [ConfigPlace: Set<Declaration>] = [:]
    /// What each entry's files have declared since the last rest. A look takes time, so that it may see one file as before a
    /// deed and another as after it.
    var recent: [String: Set<Declaration>] = [:]
    /// What may be in the kernel under a name.
    var possible: [String: Set<Outcome>] = [:]
    /// Foreign entries that were there since the last rest, which a flush may bring back (`foreign = "protect"`).
    var former: [String: Set<Outcome>] = [:]
    var flushes = 0
    /// Foreign names, the settings or the daemon changed since the last rest, so that a flush may restore or not.
    var isUnsettled: Set<String> = []
    /// What has led to ``possible``.
    private var noted: [String: Noted] = [:]
    /// Entries that the daemon has suspended.
    var suspended: Set<String> = []

    init(root: String) {
        self.root = root
        restore()
    }

    /// The first state, as ``Deed/settle`` restores it.
    mutating func restore() {
        note(.set(Settings()))
        hiddenDropIns = nil
        files = [:]
        history = [:]
        for (place, declaration) in WalkWorld.firstFiles {
            files[place] = .declares(declaration)
            history[place] = [declaration]
        }
        directories = InterpreterTree()
        note()
    }

    // MARK: - At a rest

    /// What may be there under a name at a rest.
    func allowed(_ name: String) -> Set<Outcome> {
        if suspended.contains(name) { return leftOver(name) }
        switch verdict(name) {
        case .wanted(let wanted): return isBroken(name) ? leftOver(name) : [.ours(text(wanted))]
        case .kept, .unknown: return leftOver(name)
        case .none:
            if isAnyBroken { return leftOver(name) }
            if settings.foreign == "remove" { return [.absent] }
            // What is ours goes.
            return Set((possible[name] ?? [.absent]).map { if case .ours = $0 { .absent } else { $0 } })
        }
    }

    /// What may be there where the history decides.
    private func leftOver(_ name: String) -> Set<Outcome> {
        (possible[name] ?? [.absent]).union(
            recent[name, default: []].map { .ours(text(Wanted(name: name, declaration: $0, rank: []))) })
    }

    /// Whether a stand-in may be all that serves an entry at a rest.
    func allowsStandIn(_ name: String) -> Bool {
        if suspended.contains(name) { return true }
        return switch verdict(name) {
        case .wanted: isBroken(name)
        case .kept, .unknown: true
        case .none: isAnyBroken
        }
    }

    /// Nothing else is possible than what was found at a rest.
    mutating func collapse(_ found: [String: Outcome]) {
        for name in WalkWorld.ours + WalkWorld.foreign { possible[name] = [found[name] ?? .absent] }
        recent = [:]
        noteFiles()
        former = possible.filter { WalkWorld.foreign.contains($0.key) }
        flushes = 0
        isUnsettled = []
        noted = [:]
        note()
    }

    // MARK: - At a deed

    /// Adds what the daemon may do, as the host is now.
    mutating func note() {
        let isAnyBroken = isAnyBroken
        for name in WalkWorld.ours {
            let now = Noted(verdict: verdict(name), isAnyBroken: isAnyBroken)
            if noted.updateValue(now, forKey: name) != now { note(name, now) }
        }
        for name in WalkWorld.foreign {
            if settings.foreign == "remove", !isAnyBroken { possible[name, default: []].insert(.absent) }
            if settings.foreign == "protect", flushes > 0 { noteRestored(name) }
        }
    }

    /// Adds what the files declare now.
    mutating func noteFiles() {
        for case (let place, .declares(let declaration)) in files {
            recent[place.entry, default: []].insert(declaration)
        }
    }

    private mutating func note(_ name: String, _ now: Noted) {
        switch now.verdict {
        case .wanted(let wanted): possible[name, default: []].insert(.ours(text(wanted)))
        case .kept: possible[name, default: []].insert(.absent)
        case .none: if !now.isAnyBroken { possible[name, default: []].insert(.absent) }
        case .unknown(let lower):
            if let lower { possible[name, default: [.absent]].insert(.ours(text(lower))) }
            for (place, declarations) in history where place.entry == name && files[place]?.isBroken == true {
                for declaration in declarations {
                    let wanted = Wanted(name: name, declaration: declaration, rank: [])
                    possible[name, default: [.absent]].insert(.ours(text(wanted)))
                }
            }
        }
    }

    /// After a flush, with `foreign = "protect"`.
    private mutating func noteRestored(_ name: String) {
        // What was disabled is not restored, because it would be enabled.
        let before = Set(
            (former[name] ?? [.absent]).map { outcome -> Outcome in
                if case .foreign(let text) = outcome, text.hasPrefix("disabled") { .absent } else { outcome }
            })
        if flushes == 1, isUnsettled.isDisjoint(with: [name, "*"]) {
            possible[name] = before
        } else {
            possible[name, default: []].formUnion(before)
        }
    }

    /// Every configuration file that is read and broken keeps whatever is registered.
    var isAnyBroken: Bool {
        Set(files.lazy.filter { $0.value.isBroken }.map(\.key.entry)).contains(where: isBroken)
    }

    private func isBroken(_ name: String) -> Bool {
        ConfigPlace.Format.allCases.contains { format in
            (format == .toml || settings.readsBinfmtD) && winner(name, format)?.file.isBroken == true
        }
    }

    // MARK: - What is declared

    private struct Noted: Hashable {
        let verdict: Verdict
        let isAnyBroken: Bool
    }

    enum Verdict: Hashable {
        case wanted(Wanted)
        /// Its interpreter is missing, which it needs to be registered.
        case kept
        /// It is not declared, or its interpreter is unsafe.
        case none
        /// Its file is broken; a file of a lower layer may declare it, with an interpreter that can be used.
        case unknown(Wanted?)
    }

    struct Wanted: Hashable {
        let name: String
        let declaration: Declaration
        /// Of two that overlap, the one with the greater rank comes first.
        let rank: [Int]
    }

    func verdict(_ name: String) -> Verdict {
        if WalkWorld.qemu.contains(name) {
            let target = WalkWorld.qemuTarget(name)
            guard settings.targets.contains(target.target) else { return .none }
            let declaration = Declaration(interpreter: target.interpreter, flags: settings.holdsQemu ? "F" : "")
            return judge(Wanted(name: name, declaration: declaration, rank: []))
        }
        let lower = settings.readsBinfmtD ? winner(name, .conf) : nil
        for found in [winner(name, .toml), lower] {
            switch found?.file {
            case .declares: if let wanted = found.flatMap({ wanted(name, $0) }) { return judge(wanted) }
            case .broken, .unsafe:
                return .unknown(found?.place.format == .toml ? lower.flatMap { usable(name, $0) } : nil)
            case .masks, nil: continue
            }
        }
        return .none
    }

    /// The most local file of an entry in a format.
    private func winner(_ name: String, _ format: ConfigPlace.Format) -> (place: ConfigPlace, file: File)? {
        for layer in ConfigPlace.Layer.allCases {
            let place = ConfigPlace(entry: name, layer: layer, format: format)
            if let file = files[place] { return (place, file) }
        }
        return nil
    }

    private func wanted(_ name: String, _ found: (place: ConfigPlace, file: File)) -> Wanted? {
        guard case .declares(let declaration) = found.file else { return nil }
        let place = [declaration.priority, found.place.format == .toml ? 1 : 0]
        return Wanted(name: name, declaration: declaration, rank: place + name.utf8.map(Int.init))
    }

    private func usable(_ name: String, _ found: (place: ConfigPlace, file: File)) -> Wanted? {
        guard let wanted = wanted(name, found), case .wanted = judge(wanted) else { return nil }
        return wanted
    }

    private func judge(_ wanted: Wanted) -> Verdict {
        switch directories.look(at: wanted.declaration.interpreter) {
        case .unsafe: .none
        case .missing: wanted.declaration.flags.contains("F") ? .kept : .wanted(wanted)
        case .version: .wanted(wanted)
        }
    }

    // MARK: - What the kernel prints

    func text(_ wanted: Wanted) -> String {
        let declaration = wanted.declaration
        if WalkWorld.qemu.contains(wanted.name) {
            let target = WalkWorld.qemuTarget(wanted.name)
            return Self.text("\(root)/\(declaration.interpreter.path)", declaration.flags, target.magic)
                + "mask \(target.mask)\n"
        }
        let magic = WalkWorld.magic(wanted.name, length: declaration.length)
        return Self.text("\(root)/\(declaration.interpreter.path)", declaration.flags, magic.hex)
    }

    func foreignText(magic: String) -> String { Self.text("\(root)/opt/foreign", "", magic.hex) }

    private static func text(_ interpreter: String, _ flags: String, _ magic: String) -> String {
        // C implies O.
        let printed = "POCF".filter { flags.contains($0) || $0 == "O" && flags.contains("C") }
        return "enabled\ninterpreter \(interpreter)\nflags: \(printed)\noffset 0\nmagic \(magic)\n"
    }
}

extension String {
    fileprivate var hex: String {
        utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
