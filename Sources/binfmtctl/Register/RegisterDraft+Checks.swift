// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension RegisterDraft {
    /// Refuses a request whose files would not have the requested effect. Of all targets, ignores those without an
    /// emulator.
    mutating func check(_ configuration: Configuration, _ desired: DesiredState) throws {
        let files = Set(registered.map { path($0, request.lifetime) })
        var reasons = configuration.issues.filter { $0.severity == .error && files.contains($0.location.file) }.map(
            \.problem)
        let wanted = Dictionary(desired.entries.map { ($0.entry.name, $0) }, uniquingKeysWith: { $1 })
        let withheld = Dictionary(desired.withheld.map { ($0.declared.name, $0) }, uniquingKeysWith: { $1 })
        var absent: [EntryName] = []
        for name in registered {
            let declared = wanted[name]?.declared ?? withheld[name]?.declared
            if let other = declared?.location, !files.contains(other.file) {
                reasons.append(overridden(name, by: other))
            } else if let withheld = withheld[name], withheld.state == .waiting {
                absent.append(name)
                if case .targets = request.selection {
                    reasons.append("\(name): \(withheld.reason); \(installAdvice(name)).")
                }
            } else if let withheld = withheld[name] {
                reasons.append("\(name): \(withheld.reason).")
            }
        }
        if absent.count == registered.count, !absent.isEmpty, reasons.isEmpty {
            reasons = ["No QEMU emulator is installed: \(installAdvice())."]
        }
        if !reasons.isEmpty { throw Refusal(reasons: reasons) }
        guard !absent.isEmpty else { return }
        for name in absent { changes[path(name, request.lifetime)] = nil }
        registered.removeAll(where: absent.contains)
        notes.append("Ignored \(counted(absent.count, "target", "targets")) without an emulator on this host.")
    }

    /// - Parameter name: the entry that needs an emulator; nil for any.
    private func installAdvice(_ name: EntryName? = nil) -> String {
        let target = name.flatMap { name in QemuTarget.known.first { $0.entryName == name } }
        return EmulatorPackage.advice(status.hostPaths.release, for: target)
    }

    /// Refuses to replace entries of other programs.
    func checkForeign(_ desired: DesiredState) throws {
        let wanted = Dictionary(desired.entries.map { ($0.entry.name, $0.entry) }, uniquingKeysWith: { $1 })
        let owned = Set(status.everyLine.lazy.filter(\.item.isOwned).map(\.item.name))
        let reasons = registered.compactMap { name -> String? in
            guard let found = status.snapshot?.observed[name], !owned.contains(name),
                found.entry == nil || found.entry != wanted[name]
            else { return nil }
            let flags = found.understood.map { $0.flags.isEmpty ? ", without flags" : ", flags \($0.flags.letters)" }
            let what = found.understood.map { " (\($0.interpreterText)\(flags ?? ""))" } ?? ""
            return "\(name): another program has already registered this name\(what); use --reset to replace it."
        }
        if !reasons.isEmpty { throw Refusal(reasons: reasons) }
    }

    func overridden(_ name: EntryName, by other: SourceLocation) -> String {
        let file = RegisterDropIn.fileName(name, request.lifetime)
        return "\(other.place) declares '\(name)' and overrides \(file), because its name sorts later. Change it there."
    }
}
