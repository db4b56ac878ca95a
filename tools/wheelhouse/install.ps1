# Cài kientruc cho một người dùng, không cần mạng và không cần quyền quản trị:
# Installs kientruc for one user, without a network and without rights:
#   powershell -ExecutionPolicy Bypass -File install.ps1 [-Into FOLDER] [-Python PYTHON.EXE]
param([string]$Into = (Join-Path $env:LOCALAPPDATA 'kientruc'), [string]$Python = '')
$ErrorActionPreference = 'Stop'
$here = $PSScriptRoot
$versions = '@pythons@'.Split(' ')
try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch { }
function Stop-Here([string]$vi, [string]$en, [int]$code) {
    [Console]::Error.WriteLine($vi)
    [Console]::Error.WriteLine($en)
    exit $code
}

# The Python that is given, else the newest that fits: of the launcher, then of PATH.
$ask = "import struct, sys; print('%d.%d' % sys.version_info[:2] if struct.calcsize('P') == 8 else '32'); print(sys.executable)"
function Find-Python([string]$program, [string[]]$arguments) {
    try { $told = @(& $program @arguments -c $ask 2>$null) } catch { return }
    if ($told.Count -eq 2 -and $versions -contains $told[0]) { $told[1] }
}
$newest = @($versions | Sort-Object { [version]$_ } -Descending)
$all = @(
    if ($Python) { Find-Python $Python @() } else {
        foreach ($version in $newest) { Find-Python 'py' @("-$version") }
        Find-Python 'python' @()
    }
)
$found = $all | Select-Object -First 1
if (-not $found) {
    Stop-Here "Cần Python @pythons@ bản 64 bit. Bản cài cho riêng một người dùng từ python.org không cần quyền quản trị." `
        "Python @pythons@ for 64 bit is needed. The one from python.org installs for one user without rights." 2
}
foreach ($line in [IO.File]::ReadAllLines((Join-Path $here 'SHA256SUMS'))) {
    $hash, $name = $line -split '  ', 2
    $file = Join-Path $here $name
    if (-not (Test-Path -LiteralPath $file) -or (Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash -ne $hash) {
        Stop-Here "Tệp đã bị đổi hoặc thiếu: $name. Không cài; hãy chép lại cả thư mục." `
            "A file was changed or is missing: $name. Nothing is installed; copy the whole folder again." 3
    }
}
& $found -m venv --clear $Into
if ($LASTEXITCODE) { exit 2 }
$env:PIP_CONFIG_FILE = 'nul' # no setting of this machine may send pip anywhere else
& (Join-Path $Into 'Scripts\python.exe') -m pip --isolated --disable-pip-version-check --quiet install `
    --no-index -f $here --no-cache-dir --only-binary :all: --require-hashes -r (Join-Path $here 'requirements.txt')
if ($LASTEXITCODE) { exit 3 }
# A folder with this one command: Scripts would also put its python.exe before the user's own.
$commands = Join-Path $Into 'bin'
New-Item -ItemType Directory -Force $commands | Out-Null
Copy-Item -Force (Join-Path $Into 'Scripts\kientruc.exe') $commands
$path = [Environment]::GetEnvironmentVariable('Path', 'User')
if (@("$path".Split(';')) -notcontains $commands) {
    [Environment]::SetEnvironmentVariable('Path', "$path;$commands".Trim(';'), 'User')
    Write-Output "PATH += $commands"
}
& (Join-Path $commands 'kientruc.exe') --version
