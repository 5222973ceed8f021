// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

extension EntryDeclaration {
    /// - Parameter reader: over the table `[entry.NAME]`.
    /// - Returns: nil if the table is invalid; the reader then has the complaints.
    init?(_ key: TOMLKey, _ reader: inout TableReader) {
        location = reader.location(key.position)
        do { name = try EntryName(declaring: key.name) } catch {
            reader.complain(.invalidValue, at: location, "\(error)")
            return nil
        }
        isEnabled = reader.boolean("enabled")?.value ?? true
        recognition = Self.recognition(&reader)
        interpreters = Self.interpreters(&reader)
        if case .explicit(.handler(let handler)) = recognition { interpreters = handler.interpreters.map(\.path) }
        flags = FlagSettings(&reader)
        priority = reader.integer("priority", in: Self.priorities)?.value
        allowsNative = reader.boolean("allow-native")?.value ?? false
        allowsUnsafeInterpreter = reader.boolean("allow-unsafe-interpreter")?.value ?? false
        let entry = reader.entry
        reader.rejectUnknownKeys { key, value in Self.trap(key, value, entry: entry) }
        complainAboutMissingKeys(&reader)
        if reader.table.isDamaged || reader.issues.hasError { return nil }
    }

    private func complainAboutMissingKeys(_ reader: inout TableReader) {
        // A damaged table may have what seems to be missing on the line that could not be read.
        guard isEnabled, !reader.table.isDamaged, !reader.issues.hasError else { return }
        guard let recognition else {
            reader.complain(.missingKey, at: location, "it has none of 'magic', 'extension', 'preset' and 'bpf'")
            return
        }
        guard interpreters == nil else { return }
        if case .preset(let preset) = recognition, preset.hasDefaultInterpreter { return }
        reader.complain(.missingKey, at: location, "it has no 'interpreter'")
    }

    private static func interpreters(_ reader: inout TableReader) -> [FilePath]? {
        guard let texts = reader.interpreters() else { return nil }
        return texts.map { FilePath($0) }
    }

    private static func recognition(_ reader: inout TableReader) -> DeclaredRecognition? {
        let preset = reader.string("preset")
        let fileExtension = reader.string("extension")
        let bpf = reader.string("bpf")
        let bound = reader.boundInterpreters(for: bpf)
        let magic = reader.string("magic", hint: unquotedHex)
        let mask = reader.string("mask", hint: unquotedHex)
        let offset = reader.integer("offset", in: 0...(MagicPattern.window - 1))

        let given = [("preset", preset), ("extension", fileExtension), ("magic", magic), ("bpf", bpf)]
            .filter { $0.1 != nil }
        if given.count > 1, let second = given[1].1 {
            let names = given.map { "'\($0.0)'" }.joined(separator: " and ")
            reader.complain(.conflictingKeys, at: second.location, "\(names) cannot be combined")
            return nil
        }
        if reader.table["magic"] == nil {
            for (name, location) in [("mask", mask?.location), ("offset", offset?.location)] {
                if let location { reader.complain(.conflictingKeys, at: location, "'\(name)' requires 'magic'") }
            }
        }
        if let bpf { return handler(bpf, bound, &reader).map { .explicit(.handler($0)) } }
        if let preset { return Self.preset(preset, &reader) }
        if let fileExtension {
            do { return .explicit(.filenameExtension(try FilenameExtension(declaring: fileExtension.value))) } catch {
                reader.complain(.invalidValue, at: fileExtension.location, "\(error)")
                return nil
            }
        }
        guard let magic else { return nil }
        return pattern(magic, mask: mask, offset: offset?.value ?? 0, &reader)
    }

    /// - Parameters:
    ///   - name: the value of `bpf`.
    ///   - interpreters: those that the handler may choose.
    /// - Returns: nil if something is wrong; the reader then has the complaints.
    private static func handler(
        _ name: Located<String>, _ interpreters: [BPFHandler.Interpreter], _ reader: inout TableReader
    ) -> BPFHandler? {
        complainAboutMeaninglessKeys(&reader)
        if let problem = BPFHandler.problem(ofName: name.value) {
            reader.complain(.invalidValue, at: name.location, problem)
            return nil
        }
        return BPFHandler(name: name.value.utf8, interpreters: interpreters)
    }

    /// Complains about the keys that mean nothing beside `bpf`, if they are set.
    private static func complainAboutMeaninglessKeys(_ reader: inout TableReader) {
        func complain(_ key: String, _ reason: String) {
            guard let location = reader.location(of: key) else { return }
            reader.complain(.conflictingKeys, at: location, "'bpf' and '\(key)' cannot be combined: \(reason)")
        }
        complain("interpreter", "the handler chooses one of 'interpreters'")
        for flag in EntryFlags.Flag.allCases where reader.table[flag.key]?.boolean == true {
            complain(flag.key, "the handler decides how a file is run")
        }
        if reader.table["allow-native"]?.boolean == true {
            complain("allow-native", "only the handler knows which files it takes")
        }
    }

    private static func preset(_ text: Located<String>, _ reader: inout TableReader) -> DeclaredRecognition? {
        if let preset = Preset.named(text.value) { return .preset(preset) }
        reader.complain(
            .unknownPreset, at: text.location,
            "there is no preset '\(text.value)'\(Spelling.hint(for: text.value, among: Preset.allNames))")
        return nil
    }

    private static func pattern(
        _ magic: Located<String>, mask: Located<String>?, offset: Int, _ reader: inout TableReader
    ) -> DeclaredRecognition? {
        guard let magicBytes = bytes("magic", magic, &reader) else { return nil }
        var maskBytes: [UInt8]?
        if let mask {
            maskBytes = bytes("mask", mask, &reader)
            if maskBytes == nil { return nil }
        }
        do {
            return .explicit(.magic(try MagicPattern(offset: offset, magic: magicBytes, mask: maskBytes)))
        } catch {
            let isMasks = if case .maskLength = error { true } else { false }
            reader.complain(.invalidValue, at: isMasks ? mask?.location ?? magic.location : magic.location, "\(error)")
            return nil
        }
    }

    private static func bytes(_ key: String, _ text: Located<String>, _ reader: inout TableReader) -> [UInt8]? {
        if let quoted = reader.doubleQuoted(key) {
            do { return try DoubleQuotedBytes(source: quoted.value).bytes(for: key, reading: text.value) } catch {
                reader.complain(.invalidValue, at: quoted.location.advanced(to: error.position), error.problem)
                return nil
            }
        }
        do { return try MagicText.bytes(text.value) } catch {
            reader.complain(.invalidValue, at: text.location, "\(error)")
            return nil
        }
    }

    private static func unquotedHex(_ value: TOMLValue) -> String? {
        value.integer == nil ? nil : "a pattern must be a string, not a number; write \"0x504b0304\""
    }
}

// MARK: - The traps

extension EntryDeclaration {
    /// A complaint about an unknown key that names the likely mistake; nil where there is none to guess.
    private static func trap(_ key: TOMLKey, _ value: TOMLValue, entry: String?) -> String? {
        if value.table != nil, let entry {
            return "a name with a dot needs quotes: [entry.\"\(entry).\(key.name)\"]"
        }
        guard key.name == "flags", let letters = value.string else { return nil }
        var keys: [String] = []
        for letter in letters.utf8 {
            guard let flag = EntryFlags.Flag(letter: letter) else {
                return "there is no key 'flags', and no flag '\(String(decoding: [letter], as: UTF8.self))'"
            }
            keys.append("\(flag.key) = true")
        }
        let hint = keys.isEmpty ? "" : "; \"\(letters)\" is \(keys.joined(separator: ", "))"
        return "there is no key 'flags'\(hint)"
    }
}
