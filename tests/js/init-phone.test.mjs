import * as phone from '../../pkg/phone.js';
import { refusesWrongModules } from './support/wrong-modules.mjs';

refusesWrongModules('phone', phone);
