// SPDX-License-Identifier: Apache-2.0

extension WalkHost {
    /// The content of a configuration file.
    func text(_ place: ConfigPlace, _ declaration: Declaration) -> [UInt8] {
        let magic = WalkWorld.magic(place.entry, length: declaration.length)
        let interpreter = path(declaration.interpreter.path)
        func isSet(_ flag: Character) -> Bool { declaration.flags.contains(flag) }
        let text =
            place.format == .conf
            ? ":\(place.entry):M::\(magic)::\(interpreter):\(declaration.flags)\n"
            : """
            [entry.\(place.entry)]
            magic = "\(magic)"
            interpreter = "\(interpreter)"
            priority = \(declaration.priority)
            preserve-argv0 = \(isSet("P"))
            open-binary = \(isSet("O"))
            credentials = \(isSet("C"))
            fix-binary = \(isSet("F"))

            """
        return Array(text.utf8)
    }

    func text(_ settings: Settings) -> [UInt8] {
        Array(
            """
            [daemon]
            foreign = "\(settings.foreign)"
            binfmt-d = \(settings.readsBinfmtD)
            [qemu]
            targets = \(settings.targets)
            interpreter = "\(path("opt/c/qemu-{target}"))"
            fix-binary = \(settings.holdsQemu)

            """.utf8)
    }
}
