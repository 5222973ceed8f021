// SPDX-License-Identifier: Apache-2.0

extension WalkModel {
    /// Notes a deed that succeeded.
    mutating func note(_ deed: Deed) {
        switch deed {
        case .declare(let place, let declaration), .rewrite(let place, let declaration):
            files[place] = .declares(declaration)
            history[place, default: []].insert(declaration)
            recent[place.entry, default: []].insert(declaration)
        case .undeclare(let place): files[place] = nil
        case .mask(let place, _): files[place] = .masks
        case .damage(let place): files[place] = .broken
        case .declareUnsafe(let place, let declaration): files[place] = .unsafe(declaration)
        case .makeSafe(let place):
            guard case .unsafe(let declaration) = files[place] else { return }
            note(.declare(place, declaration))
        case .flicker(let place, let first, let second):
            note(.declare(place, first))
            note(.declare(place, second))
        case .set(let settings):
            if settings.foreign != self.settings.foreign { unsettle() }
            self.settings = settings
        case .replace(let interpreter, let version):
            directories.set(interpreter, InterpreterTree.File(version: version))
        case .overwrite(let interpreter, let version): directories.overwrite(interpreter, version: version)
        case .uninstall(let interpreter): directories.set(interpreter, nil)
        case .setMode(let interpreter, let isUnsafe): directories.setMode(interpreter, isUnsafe: isUnsafe)
        case .setDirectoryMode(let directory, let isUnsafe): directories.setMode(directory, isUnsafe: isUnsafe)
        case .unregister(let name): remove(name)
        case .disable(let name): setEnabled(name, false)
        case .enable(let name): setEnabled(name, true)
        case .flush: flush()
        case .register(let number, let magic): register(WalkWorld.foreign[number], magic)
        case .usurp(let name): usurp(name)
        case .fight(let name):
            usurp(name)
            possible[name]?.insert(.absent)
            suspended.insert(name)
        case .mountEmpty(let directory): directories.mount(directory, isEmpty: true)
        case .mountOther(let directory): directories.mount(directory, isEmpty: false)
        case .unmount(let directory): directories.unmount(directory)
        case .mountOverDropIns:
            hiddenDropIns = files.filter { $0.key.isBelowMount }
            files = files.filter { !$0.key.isBelowMount }
        case .unmountDropIns:
            files = files.filter { !$0.key.isBelowMount }.merging(hiddenDropIns ?? [:]) { $1 }
            hiddenDropIns = nil
            noteFiles()
        case .kill:
            unsettle()
            suspended = []
        case .interrupt(let place, let declaration, _, let interruption):
            note(.declare(place, declaration))
            note(interruption == .kill ? .kill : .flush)
        case .disableRegistry, .intrude, .truncate, .start, .stop, .proceed, .reload, .fail, .rest, .settle: break
        }
        note()
    }

    /// What a flush removed may never come back now.
    private mutating func unsettle() {
        isUnsettled.insert("*")
        if flushes == 0 { return }
        for name in WalkWorld.foreign { possible[name]?.insert(.absent) }
    }

    // MARK: - What other programs do

    private mutating func remove(_ name: String) {
        if WalkWorld.foreign.contains(name) {
            possible[name] = [.absent]
            isUnsettled.insert(name)
        } else {
            possible[name, default: []].insert(.absent)
        }
    }

    private mutating func flush() {
        flushes += 1
        for name in WalkWorld.ours { possible[name, default: []].insert(.absent) }
        for name in WalkWorld.foreign { possible[name] = [.absent] }
    }

    private mutating func register(_ name: String, _ magic: String) {
        let outcome = Outcome.foreign(foreignText(magic: magic))
        possible[name] = [outcome]
        former[name, default: [.absent]].insert(outcome)
        isUnsettled.insert(name)
    }

    private mutating func usurp(_ name: String) {
        possible[name, default: []].formUnion([.absent, .foreign(foreignText(magic: usurpingMagic(name)))])
    }

    private mutating func setEnabled(_ name: String, _ isEnabled: Bool) {
        let (old, new) = isEnabled ? ("disabled", "enabled") : ("enabled", "disabled")
        func changed(_ text: String) -> String { text.hasPrefix(old) ? new + text.dropFirst(old.count) : text }
        let outcomes = (possible[name] ?? []).map { outcome -> Outcome in
            switch outcome {
            case .absent: .absent
            case .ours(let text): .ours(changed(text))
            case .foreign(let text): .foreign(changed(text))
            }
        }
        if WalkWorld.foreign.contains(name) {
            possible[name] = Set(outcomes).subtracting([.absent])
            former[name, default: [.absent]].formUnion(outcomes)
            isUnsettled.insert(name)
        } else {
            possible[name, default: []].formUnion(outcomes)
        }
    }
}

extension ConfigPlace {
    /// Whether ``Deed/mountOverDropIns`` hides the file.
    var isBelowMount: Bool { layer == .etc && format == .toml }
}

extension WalkModel {
    /// The pattern of another program's entry under the name of one of ours.
    func usurpingMagic(_ name: String) -> String {
        if case .wanted(let wanted) = verdict(name) { return WalkWorld.magic(name, length: wanted.declaration.length) }
        return WalkWorld.magic(name, length: 1)
    }
}
