// SPDX-License-Identifier: Apache-2.0

/// The packages of distributions that have the interpreters of presets.
package enum InterpreterPackage {
    /// How to install an interpreter of a preset: "apt install wine"; nil where no package is known.
    ///
    /// - Parameter release: nil where the distribution is not known.
    package static func advice(_ release: OSRelease?, for preset: Preset) -> String? {
        if let target = preset.qemuTarget { return EmulatorPackage.advice(release, for: target) }
        guard let release else { return nil }
        return ([release.id] + release.ancestors).lazy.compactMap { command($0, preset.name) }.first
    }

    private static func command(_ id: String, _ preset: String) -> String? {
        let names: [String: String] =
            switch id {
            case "debian", "ubuntu":
                ["wine": "wine", "mono": "mono-runtime", "jar": "default-jre-headless", "llvm-bitcode": "llvm"]
            case "fedora": ["wine": "wine", "mono": "mono-core", "llvm-bitcode": "llvm"]
            case "arch": ["wine": "wine", "mono": "mono", "llvm-bitcode": "llvm", "wasm": "wasmtime"]
            default: [:]
            }
        let install = ["debian": "apt install", "ubuntu": "apt install", "fedora": "dnf install", "arch": "pacman -S"]
        guard let name = names[preset], let install = install[id] else { return nil }
        return "\(install) \(name)"
    }
}
